"""How far referrals came, step by step. Pure.

A step is reached by whoever came at least so far: who was offered a job without an interview stands among the interviewed too. What was
never meant to be a referral (a duplicate, one that was ineligible) is counted apart and nowhere else.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from referral_hub.referrals.rules.outcomes import NEVER_MEANT, Outcome
from referral_hub.referrals.rules.stages import Stage


class Step(StrEnum):
	REFERRED = "referred"
	APPLIED = "applied"
	INTERVIEWED = "interviewed"
	OFFERED = "offered"
	JOINED = "joined"
	CONFIRMED = "confirmed"
	OPEN = "open"
	NOT_COUNTED = "not_counted"


# from where on a step is reached
_FROM = {
	Step.REFERRED: Stage.INVITED,
	Step.APPLIED: Stage.SUBMITTED,
	Step.INTERVIEWED: Stage.INTERVIEWING,
	Step.OFFERED: Stage.OFFERED,
	Step.JOINED: Stage.JOINED,
	Step.CONFIRMED: Stage.CONFIRMED,
}
WAY = tuple(_FROM)
# (what, of what): the rates that are shown
RATES = (
	(Step.INTERVIEWED, Step.APPLIED),
	(Step.OFFERED, Step.INTERVIEWED),
	(Step.JOINED, Step.OFFERED),
	(Step.CONFIRMED, Step.JOINED),
	(Step.JOINED, Step.REFERRED),
)


@dataclass(frozen=True, slots=True)
class Count:
	"""How many referrals of a group are at a stage, with an outcome."""

	group: str
	stage: str
	outcome: str
	number: int


@dataclass(frozen=True, slots=True)
class Line:
	"""A group, and how many of it came how far."""

	group: str
	steps: dict[Step, int]

	def rate(self, what: Step, of: Step) -> float | None:
		"""Return a share in percent; None where there is nothing to have a share of."""
		return percent(self.steps[what], self.steps[of])


def stages_of(step: Step) -> frozenset[str]:
	"""Return the stages of those who count in a step."""
	begins = _FROM.get(step, Stage.INVITED)
	return frozenset(stage.value for stage in Stage if stage.rank >= begins.rank)


def outcomes_of(step: Step) -> frozenset[str]:
	"""Return the outcomes of those who count in a step."""
	if step is Step.OPEN:
		return frozenset({Outcome.OPEN.value})
	never_meant = frozenset(outcome.value for outcome in NEVER_MEANT)
	return (
		never_meant
		if step is Step.NOT_COUNTED
		else frozenset(outcome.value for outcome in Outcome) - never_meant
	)


def lines(counts: Iterable[Count]) -> list[Line]:
	"""Return a line for each group, the largest first."""
	grouped: dict[str, list[Count]] = defaultdict(list)
	for count in counts:
		grouped[count.group].append(count)
	found = [_line(group, of_group) for group, of_group in grouped.items()]
	return sorted(found, key=lambda line: (-line.steps[Step.REFERRED], line.group))


def total(found: Iterable[Line]) -> Line:
	"""Return the sum of all lines."""
	found = list(found)
	return Line("", {step: sum(line.steps[step] for line in found) for step in Step})


def percent(part: float, whole: float) -> float | None:
	return round(100 * part / whole, 1) if whole else None


def _line(group: str, counts: list[Count]) -> Line:
	return Line(
		group, {step: sum(count.number for count in counts if _counts_in(count, step)) for step in Step}
	)


def _counts_in(count: Count, step: Step) -> bool:
	return count.stage in stages_of(step) and count.outcome in outcomes_of(step)
