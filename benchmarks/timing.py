"""Compares two pieces of work in one run: interleaved, so that a slow moment of the machine hits both; medians."""

import gc
import statistics
import time
from collections.abc import Callable

Work = Callable[[], object]
Figure = Callable[[list[float]], float]


def interleaved_times(
	ours: Work, peer: Work, *, rounds: int = 15, warm_up: int = 2, before: Work | None = None
) -> tuple[list[float], list[float]]:
	"""Seconds of each round of ours and of the peer. `before` runs untimed ahead of each, to give both the same start."""
	for _round in range(warm_up):
		_timed(ours, before)
		_timed(peer, before)
	ours_times, peer_times = [], []
	for number in range(rounds):
		pair = [(ours, ours_times), (peer, peer_times)]
		for work, times in pair if number % 2 else reversed(pair):
			times.append(_timed(work, before))
	return ours_times, peer_times


def interleaved_medians(ours: Work, peer: Work, **how) -> tuple[float, float]:
	"""The middle of each side's seconds."""
	ours_times, peer_times = interleaved_times(ours, peer, **how)
	return statistics.median(ours_times), statistics.median(peer_times)


def percentile_95(times: list[float]) -> float:
	"""What nineteen of twenty stay below."""
	return statistics.quantiles(times, n=20)[-1]


def compare(
	name: str,
	ours: Work,
	peer: Work,
	*,
	bound: float,
	unit: str = "ms",
	rounds: int = 15,
	before: Work | None = None,
	figure: Figure = statistics.median,
) -> dict:
	"""A row for the table: `holds` when ours takes at most `bound` times what the peer takes."""
	scale = {"s": 1, "ms": 1e3, "us": 1e6}[unit]
	both = interleaved_times(ours, peer, rounds=rounds, before=before)
	ours_time, peer_time = (figure(times) * scale for times in both)
	return row(name, ours_time, peer_time, unit=unit, bound=bound)


def reaching(name: str, figures: list[float], *, unit: str, bound: float) -> dict:
	"""A row for what has no peer and must be high: it holds when the middle of the figures is at least the bound."""
	middle = statistics.median(figures)
	blank = {"peer": None, "ratio": None}
	return {"name": name, "ours": middle, **blank, "unit": unit, "bound": bound, "holds": middle >= bound}


def row(name: str, ours: float, peer: float, *, unit: str, bound: float) -> dict:
	"""For what is not a time too: queries, bytes, rows."""
	ratio = ours / peer if peer else float("inf")
	return {
		"name": name,
		"ours": ours,
		"peer": peer,
		"ratio": ratio,
		"unit": unit,
		"bound": bound,
		"holds": ratio <= bound,
	}


def _timed(work: Work, before: Work | None) -> float:
	if before:
		before()
	gc.collect()
	was_on = gc.isenabled()
	gc.disable()
	started = time.perf_counter()
	try:
		work()
		return time.perf_counter() - started
	finally:
		if was_on:
			gc.enable()
