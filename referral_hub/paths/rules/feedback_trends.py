"""How questions of newcomers are answered, by groups: how many, by how many people, how many in time, how long it took. Pure.

Who is not HR sees a group only when enough different people asked, and in outline: of one person's question a share would tell its answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median


@dataclass(frozen=True, slots=True)
class Case:
	"""One question: whose, in which group; in time or late, None while that is open; what is known of its answer."""

	group: str
	person: str
	in_time: bool | None = None
	hours: float | None = None
	rating: int | None = None
	came_back: bool = False


@dataclass(frozen=True, slots=True)
class Line:
	"""What is said of a group; None where nothing is known."""

	group: str
	asked: int
	people: int
	percent_in_time: int | None
	median_hours: float | None
	came_back: int
	rated: int
	mean_rating: float | None


def lines(cases: Iterable[Case], smallest: int = 1) -> list[Line]:
	"""Return a line for each group in which at least so many people asked, the largest first."""
	groups: dict[str, list[Case]] = {}
	for case in cases:
		groups.setdefault(case.group, []).append(case)
	told = [_line(group, found) for group, found in groups.items()]
	return sorted(
		(line for line in told if line.people >= smallest), key=lambda line: (-line.asked, line.group)
	)


@dataclass(frozen=True, slots=True)
class Outline:
	"""What a group looks like from afar: at least so many questions, about so many percent of them in time."""

	group: str
	at_least: int
	about_in_time: int | None


def outlined(cases: Iterable[Case], smallest: int) -> list[Outline]:
	"""Return the groups in which enough people asked, in steps of the smallest group and in quarters.

	Exact figures of two days would tell what somebody asked about who came to a team, or left it, in between.
	"""
	return [
		Outline(line.group, line.asked // smallest * smallest, _quarter(line.percent_in_time))
		for line in lines(cases, smallest)
	]


def _quarter(percent: int | None) -> int | None:
	return None if percent is None else 25 * round(percent / 25)


def _line(group: str, cases: list[Case]) -> Line:
	judged = [case.in_time for case in cases if case.in_time is not None]
	hours = [case.hours for case in cases if case.hours is not None]
	ratings = [case.rating for case in cases if case.rating]
	return Line(
		group=group,
		asked=len(cases),
		people=len({case.person for case in cases}),
		percent_in_time=round(100 * sum(judged) / len(judged)) if judged else None,
		median_hours=median(hours) if hours else None,
		came_back=sum(case.came_back for case in cases),
		rated=len(ratings),
		mean_rating=fmean(ratings) if ratings else None,
	)
