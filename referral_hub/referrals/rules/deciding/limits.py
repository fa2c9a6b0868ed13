"""How many referrals somebody may have open: the program's limit, and a lower one while few of theirs are suitable.

Pure. Quality before quantity: who is slowed down is told kindly and goes on with those that are under way.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
	"""What a program allows; 0 is no limit, a sample of 0 never slows anybody down."""

	open_limit: int = 0
	monthly_limit: int = 0
	quality_sample: int = 10
	quality_share: float = 10
	slowed_limit: int = 2


@dataclass(frozen=True)
class Record:
	"""What one employee has referred so far; `suitable` is of the last decided referrals, newest first."""

	open: int = 0
	this_month: int = 0
	suitable: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Allowance:
	"""How many may be open now; None is no limit."""

	limit: int | None
	open: int
	is_slowed: bool
	monthly_limit: int | None
	this_month: int

	@property
	def reason(self) -> str | None:
		if self.limit is not None and self.open >= self.limit:
			return "slowed_down" if self.is_slowed else "open_limit_reached"
		if self.monthly_limit is not None and self.this_month >= self.monthly_limit:
			return "monthly_limit_reached"
		return None

	@property
	def facts(self) -> dict:
		limit = self.monthly_limit if self.reason == "monthly_limit_reached" else self.limit
		return {"limit": limit, "open": self.open, "this_month": self.this_month}


def allowance(limits: Limits, record: Record) -> Allowance:
	slowed = is_slowed(limits, record)
	ceilings = [limits.open_limit] if limits.open_limit else []
	ceilings += [limits.slowed_limit] if slowed else []
	return Allowance(
		limit=min(ceilings, default=None),
		open=record.open,
		is_slowed=slowed and min(ceilings) == limits.slowed_limit,
		monthly_limit=limits.monthly_limit or None,
		this_month=record.this_month,
	)


def is_slowed(limits: Limits, record: Record) -> bool:
	"""Say whether too few of the last referrals got an interview; nobody is judged by fewer than the sample."""
	sample = record.suitable[: limits.quality_sample]
	if not limits.quality_sample or len(sample) < limits.quality_sample:
		return False
	return 100 * sum(sample) < limits.quality_share * len(sample)
