"""Who of the staff refers: how many, how many again, and whether those whose referrals are hired get on. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from referral_hub.insights.rules.funnel import percent


class Step(StrEnum):
	"""Whom a figure counts, of the employees who are here."""

	STAFF = "staff"
	REFERRERS = "referrers"
	AGAIN = "again"
	SUCCESSFUL = "successful"
	PROMOTED_SUCCESSFUL = "promoted_successful"
	PROMOTED_OTHERS = "promoted_others"


@dataclass(frozen=True, slots=True)
class Line:
	"""A group of the staff; `chosen` of `rewards` were of a kind that the employee chose."""

	group: str
	steps: dict[Step, int]
	referrals: int
	rewards: int = 0
	chosen: int = 0

	@property
	def participation(self) -> float | None:
		return percent(self.steps[Step.REFERRERS], self.steps[Step.STAFF])

	@property
	def repeated(self) -> float | None:
		"""Of those who referred, who did so more than once."""
		return percent(self.steps[Step.AGAIN], self.steps[Step.REFERRERS])

	@property
	def personalised(self) -> float | None:
		return percent(self.chosen, self.rewards)

	@property
	def promoted_successful(self) -> float | None:
		"""Of those with a referral that was hired, who was promoted in the time."""
		return percent(self.steps[Step.PROMOTED_SUCCESSFUL], self.steps[Step.SUCCESSFUL])

	@property
	def promoted_others(self) -> float | None:
		others = self.steps[Step.STAFF] - self.steps[Step.SUCCESSFUL]
		return percent(self.steps[Step.PROMOTED_OTHERS], others)


def total(found: Iterable[Line]) -> Line:
	found = list(found)
	return Line(
		"",
		{step: sum(line.steps[step] for line in found) for step in Step},
		*(sum(getattr(line, name) for line in found) for name in ("referrals", "rewards", "chosen")),
	)
