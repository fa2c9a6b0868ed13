"""How long referrers wait for a first word beyond "received", and who waits still. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from referral_hub.insights.rules.funnel import percent
from referral_hub.insights.rules.spread import median, nine_of_ten

# five working days
SOON_DAYS = 7


class Step(StrEnum):
	REFERRED = "referred"
	HEARD = "heard"
	WAITING = "waiting"
	OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Wait:
	"""How many referrals of a group heard after so many days (None: nothing yet), whether they are open, old enough, overdue."""

	group: str
	days: int | None
	is_open: bool
	is_old: bool
	is_overdue: bool
	number: int


@dataclass(frozen=True, slots=True)
class Line:
	group: str
	steps: dict[Step, int]
	median_days: float | None
	most_days: int | None
	heard_soon: float | None


def lines(waits: Iterable[Wait]) -> list[Line]:
	"""Return a line for each group, the one with the most overdue first."""
	grouped: dict[str, list[Wait]] = defaultdict(list)
	for wait in waits:
		grouped[wait.group].append(wait)
	found = [line(group, of_group) for group, of_group in grouped.items()]
	return sorted(found, key=lambda one: (-one.steps[Step.OVERDUE], -one.steps[Step.REFERRED], one.group))


def line(group: str, waits: list[Wait]) -> Line:
	"""Return what the waits of a group come to. Who heard nothing and is too young to be late counts on neither side of the share."""
	days = [(max(wait.days, 0), wait.number) for wait in waits if wait.days is not None]
	soon = sum(number for value, number in days if value <= SOON_DAYS)
	heard = sum(number for _value, number in days)
	late = sum(wait.number for wait in waits if wait.days is None and wait.is_old)
	return Line(
		group,
		{
			Step.REFERRED: sum(wait.number for wait in waits),
			Step.HEARD: heard,
			Step.WAITING: sum(wait.number for wait in waits if wait.days is None and wait.is_open),
			Step.OVERDUE: sum(wait.number for wait in waits if wait.is_overdue),
		},
		median(days),
		nine_of_ten(days),
		percent(soon, heard + late),
	)
