"""Who stands where: places, shared by those who are equal, and who is named. Pure.

Somebody incognito is shown as a colleague, and not at all where too few could be meant: then the places close up.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from referral_hub.recognition.rules.done import Referred, days_of
from referral_hub.rewards.rules.periods import MONTH, QUARTER, YEAR, period_of

LENGTHS = (MONTH, QUARTER, YEAR)
SCORE, HIRES, POINTS = "score", "hires", "points"
MEASURES = (SCORE, HIRES, POINTS)


@dataclass(frozen=True, slots=True)
class Row:
	employee: str
	value: float


@dataclass(frozen=True, slots=True)
class Place:
	"""One line of a board; `employee` is None for a colleague nobody names."""

	place: int
	employee: str | None
	value: float
	is_mine: bool = False


def periods_of(people: Iterable[Referred], months: Iterable[date] = ()) -> dict[str, str]:
	"""Return the periods in which something counts, each with its length; `months`: further days that count."""
	days = days_of(people) | set(months)
	return {period_of(day, length): length for day in days for length in LENGTHS}


def board(
	rows: Iterable[Row], incognito: Collection[str], mine: Collection[str], group: int, smallest: int
) -> list[Place]:
	"""Return the lines of a board, the best first. `group`: how many people could be on it, named or not.

	Whoever looks always sees themselves by their own name, and knows that nobody unnamed is them.
	"""
	found = sorted((row for row in rows if row.value > 0), key=lambda row: (-row.value, row.employee))
	hidden = {row.employee for row in found if row.employee in incognito and row.employee not in mine}
	named = [row for row in found if row.employee not in hidden]
	known = len(named) + bool(mine and not any(row.employee in mine for row in named))
	if hidden and group - known < smallest:
		found, hidden = named, set()
	return [
		Place(place, None if row.employee in hidden else row.employee, row.value, row.employee in mine)
		for place, row in zip(places([row.value for row in found]), found, strict=True)
	]


def places(values: list[float]) -> list[int]:
	"""Return the place of each value, the highest first: equal ones share it and the next place is left out."""
	found: list[int] = []
	for number, value in enumerate(values, start=1):
		found.append(found[-1] if found and values[number - 2] == value else number)
	return found


@dataclass(frozen=True, slots=True)
class Team:
	"""A department. `hidden`: what of its total people incognito have brought; `named`: how many others have brought some."""

	name: str
	total: float
	people: int
	hidden: float = 0
	named: int = 0

	@property
	def per_head(self) -> float:
		return self.total / self.people

	def without_hidden(self) -> "Team":
		return replace(self, total=self.total - self.hidden, hidden=0)


def teams(teams: Iterable[Team], smallest: int) -> list[Team]:
	"""Return departments by what they have per head, without those so small that one person would be seen through them.

	What people incognito have brought is left out where too few could be meant: whoever takes what is said of the named
	ones from a department's total would read it. Who looks may be one of the others, and knows what they have themselves.
	"""
	told = [
		team.without_hidden() if team.hidden and team.people - team.named - 1 < smallest else team
		for team in teams
	]
	large = [team for team in told if team.people >= max(1, smallest) and team.total > 0]
	return sorted(large, key=lambda team: (-team.per_head, team.name))
