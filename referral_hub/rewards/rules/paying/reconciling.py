"""What does not match between a cash reward and the payroll documents that name it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.documents import CANCELLED, DRAFT, SUBMITTED

# what nothing may pay: it is gone, not earned yet, or waits for somebody to choose or approve
NOT_TO_BE_PAID = frozenset({states.VOID, states.CHOICE, states.APPROVAL, *states.NOT_YET_EARNED})
TAKEN_BACK = frozenset({states.OWED, states.CLAWED_BACK})
PAID_ONCE = states.HANDED_OVER | TAKEN_BACK


@dataclass(frozen=True)
class Salary:
	"""An Additional Salary that is not cancelled, or that a submitted slip carries all the same.

	`is_passed_over`: a submitted slip of its period leaves it out.
	`carried`: what the slips that carry it pay for it; `slips`: how many there are; `carried_in`: in which currency, where that is
	one. `is_late`: no slip of its period comes any more: the employee has left before it, or it is long over.
	"""

	name: str
	docstatus: int
	employee: str
	amount: Decimal
	currency: str | None
	slip: str | None = None
	is_passed_over: bool = False
	is_deduction: bool = False
	carried: Decimal | None = None
	slips: int = 1
	carried_in: str | None = None
	is_late: bool = False

	@property
	def is_never_carried(self) -> bool:
		return self.docstatus == SUBMITTED and self.is_late and not self.slip and not self.is_passed_over

	@property
	def is_carried_in_other_currency(self) -> bool:
		return bool(self.slip and self.carried_in and self.currency) and self.carried_in != self.currency


@dataclass(frozen=True)
class Paid:
	"""A cash reward as this app knows it; `amount` and `currency` are what payroll was given.

	`is_kept_beyond`: it was paid anew, and nothing deducts any more what was paid before.
	`came_back`: a part of what this payout paid was given back, or all of it. `earlier`: what slips paid in attempts before.
	"""

	name: str
	state: str
	employee: str
	amount: Decimal
	currency: str | None
	payout: str | None = None
	earlier: tuple[str, ...] = ()
	is_written_off: bool = False
	is_kept_beyond: bool = False
	came_back: bool = False


@dataclass(frozen=True)
class Finding:
	code: str
	salary: Salary | None = None


def findings(reward: Paid, salaries: Iterable[Salary]) -> list[Finding]:
	"""Return everything that does not match, in a fixed order; empty when both sides say the same."""
	salaries = [*salaries]
	named = [salary for salary in salaries if salary.name not in reward.earlier]
	crossed = [
		salary for salary in named if salary.docstatus == CANCELLED and not _is_counted(reward, salary)
	]
	named = [salary for salary in named if salary not in crossed]
	payout = next((salary for salary in named if salary.name == reward.payout), None)
	found = [Finding("earlier_not_carried", salary) for salary in _not_carried(reward, salaries)]
	found += [Finding("crossed", salary) for salary in crossed]
	found += [Finding("second", salary) for salary in named if salary is not payout and payout]
	if reward.state in states.HANDED_OVER:
		found += [Finding("kept_beyond")] if reward.is_kept_beyond else []
		return found + (_of_payout(reward, payout) if payout else [Finding("no_payout")])
	waiting = [salary for salary in named if _waits_for_its_slip(reward, salary)]
	found += [Finding("slip_to_make_anew", salary) for salary in waiting]
	gone = [salary for salary in named if salary not in waiting and _should_be_gone(reward, salary)]
	found += [Finding("not_to_be_paid", salary) for salary in gone]
	found += [Finding("carried_unnoticed", salary) for salary in named if _is_unnoticed(reward, salary)]
	return found


def _is_counted(reward: Paid, salary: Salary) -> bool:
	"""Say whether a reward knows that it was paid by what was withdrawn while a slip carried it."""
	return salary.name == reward.payout and (reward.state in PAID_ONCE or reward.is_written_off)


def _of_payout(reward: Paid, payout: Salary) -> list[Finding]:
	checks = {
		"other_employee": payout.employee != reward.employee,
		"other_amount": payout.amount != reward.amount,
		"deducted": payout.is_deduction,
		"other_currency": (payout.currency or reward.currency) != reward.currency,
		"still_a_draft": payout.docstatus == DRAFT,
		"passed_over": payout.docstatus == SUBMITTED and payout.is_passed_over and not payout.slip,
		"never_carried": reward.state == states.PAID and payout.is_never_carried,
		"not_carried": reward.state == states.CONFIRMED and not payout.slip,
		"carried_unnoticed": reward.state == states.PAID and bool(payout.slip),
		"carried_twice": bool(payout.slip) and payout.slips > 1,
		"carried_otherwise": _pays_otherwise(payout),
		"carried_in_other_currency": payout.is_carried_in_other_currency,
	}
	return [Finding(code, payout) for code, is_wrong in checks.items() if is_wrong]


def _not_carried(reward: Paid, salaries: list[Salary]) -> list[Salary | None]:
	"""Return what paid in an attempt before, and was counted as that, but is in no slip any more; None for one that is gone."""
	there = {salary.name: salary for salary in salaries}
	return [there.get(name) for name in reward.earlier if name not in there or not there[name].slip]


def _waits_for_its_slip(reward: Paid, salary: Salary) -> bool:
	"""Say whether the slip that paid was cancelled after a part came back: made anew it pays again, and all is right."""
	was_paid = reward.state in TAKEN_BACK or reward.is_written_off
	return was_paid and reward.came_back and salary.name == reward.payout and not salary.slip


def _should_be_gone(reward: Paid, salary: Salary) -> bool:
	"""A void reward has no Additional Salary; what was carried and taken back is Owed, Clawed Back or written off."""
	if reward.is_written_off and salary.slip:
		return False
	return reward.state in NOT_TO_BE_PAID or (reward.state in TAKEN_BACK and not salary.slip)


def _pays_otherwise(payout: Salary) -> bool:
	"""What several slips carry is found as that; one alone pays what the Additional Salary says."""
	return payout.slips == 1 and payout.carried is not None and payout.carried != payout.amount


def _is_unnoticed(reward: Paid, salary: Salary) -> bool:
	return reward.state in states.PAYABLE and bool(salary.slip)
