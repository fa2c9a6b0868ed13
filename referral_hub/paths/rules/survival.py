"""How many are still here after a time, when not everybody has been here that long: the Kaplan-Meier estimator. Pure.

A stay that goes on (or ended for a reason that does not count) is censored: it says only that it lasted so far, and counts among those
at risk until then. Of a stay that ends at the very time at which another is censored, the end comes first. The bounds are those of
Greenwood's variance on the log-minus-log scale, which stay between 0 and 1. Whoever shows a figure shows how many it rests on.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import exp, inf, log, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
# products of shares are one half but for the last bits
_EQUAL = 1e-12


@dataclass(frozen=True, slots=True)
class Stay:
	"""How long, in any one unit, and whether it ended then."""

	lasted: float
	ended: bool


@dataclass(frozen=True, slots=True)
class Point:
	"""What holds from `time` until the next point."""

	time: float
	at_risk: int
	ended: int
	survival: float
	error: float
	low: float | None
	high: float | None


@dataclass(frozen=True, slots=True)
class Curve:
	"""The points at which somebody ended, and how long anybody was watched."""

	points: tuple[Point, ...]
	stays: tuple[float, ...]

	@property
	def number(self) -> int:
		return len(self.stays)

	@property
	def watched_until(self) -> float:
		return self.stays[-1] if self.stays else 0.0

	def at_risk(self, time: float) -> int:
		"""Return how many were here, and watched, just before this time."""
		return sum(lasted >= time for lasted in self.stays)

	def at(self, time: float) -> Point | None:
		"""Return what is known of this time; None where nobody was watched that long, unless all had ended before."""
		known = [point for point in self.points if point.time <= time]
		last = known[-1] if known else Point(0.0, self.number, 0, 1.0, 0.0, None, None)
		if not self.number or (time > self.watched_until and last.survival > 0):
			return None
		ended_now = last.ended if last.time == time else 0
		return Point(time, self.at_risk(time), ended_now, last.survival, last.error, last.low, last.high)

	def median(self) -> float | None:
		"""Return the first time at which half or fewer were left; None while more are."""
		return next((point.time for point in self.points if point.survival <= 0.5 + _EQUAL), None)


def curve(stays: Iterable[Stay], confidence: float = CONFIDENCE) -> Curve:
	rows = sorted(stays, key=lambda stay: stay.lasted)
	if rows and rows[0].lasted < 0:
		raise ValueError("A stay lasts no less than nothing")
	ends = Counter(stay.lasted for stay in rows if stay.ended)
	leaving = Counter(stay.lasted for stay in rows)
	quantile = NormalDist().inv_cdf((1 + confidence) / 2)
	points, left, survival, greenwood = [], len(rows), 1.0, 0.0
	for time in sorted(leaving):
		if ended := ends[time]:
			survival *= (left - ended) / left
			greenwood += ended / (left * (left - ended)) if left > ended else inf
			points.append(_point(time, left, ended, survival, greenwood, quantile))
		left -= leaving[time]
	return Curve(tuple(points), tuple(row.lasted for row in rows))


def _point(
	time: float, at_risk: int, ended: int, survival: float, greenwood: float, quantile: float
) -> Point:
	"""At nobody left the variance says nothing: no bounds."""
	if not 0 < survival < 1:
		return Point(time, at_risk, ended, 0.0, 0.0, None, None)
	error = survival * sqrt(greenwood)
	width = quantile * sqrt(greenwood) / abs(log(survival))
	return Point(time, at_risk, ended, survival, error, survival ** exp(width), survival ** exp(-width))


def steps(of: Curve) -> list[tuple[float, float, float]]:
	"""Return the flat pieces of the curve as a chart draws them: from, until, survival."""
	corners = [0.0, *(point.time for point in of.points), of.watched_until]
	heights = [1.0, *(point.survival for point in of.points)]
	return [
		(begins, ends, height)
		for (begins, ends), height in zip(pairwise(corners), heights, strict=True)
		if ends > begins
	]
