"""What does not match between what an employee is asked to give back by payroll and the documents that deduct it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from referral_hub.rewards.rules.documents import CANCELLED, DRAFT, SUBMITTED
from referral_hub.rewards.rules.paying.reconciling import Finding, Salary

ASKED, COUNTED, ENDED = "Waiting", "Done", "Cancelled"


@dataclass(frozen=True)
class Recovery:
	"""Something asked back by a deduction; `employees` are the records of whoever owes it, `is_owed` says it still is."""

	state: str
	employees: frozenset[str]
	amount: Decimal
	currency: str
	deduction: str | None
	is_owed: bool = True


def findings(recovery: Recovery, salaries: Iterable[Salary]) -> list[Finding]:
	"""Return everything that does not match, in a fixed order; empty when both sides say the same."""
	named = list(salaries)
	own = next((salary for salary in named if _is_own(recovery, salary)), None)
	found = [Finding(_beside(recovery, salary, own), salary) for salary in named if salary is not own]
	if recovery.state == ENDED:
		return found
	return found + (_of_own(recovery, own) if own else [Finding("no_deduction")])


def _is_own(recovery: Recovery, salary: Salary) -> bool:
	"""What counted has deducted it also where it was withdrawn while a slip carried it."""
	is_there = salary.docstatus != CANCELLED or recovery.state == COUNTED
	return salary.name == recovery.deduction and recovery.state != ENDED and is_there


def _beside(recovery: Recovery, salary: Salary, own: Salary | None) -> str:
	if salary.slip and (recovery.state == ENDED or salary.docstatus == CANCELLED):
		return "still_deducted"
	return "second_deduction" if own else "deducts_unasked"


def _of_own(recovery: Recovery, own: Salary) -> list[Finding]:
	is_asked, is_alone = recovery.state == ASKED, own.slips == 1
	checks = {
		"other_employee": own.employee not in recovery.employees,
		"pays_back": not own.is_deduction,
		"deducts_other_amount": own.amount != recovery.amount,
		"other_currency_deducted": (own.currency or recovery.currency) != recovery.currency,
		"deducts_unasked": is_asked and not recovery.is_owed and not own.slip,
		"deduction_a_draft": is_asked and own.docstatus == DRAFT,
		"deduction_passed_over": own.docstatus == SUBMITTED and own.is_passed_over and not own.slip,
		"never_deducted": is_asked and own.is_never_carried,
		"counted_not_deducted": recovery.state == COUNTED and not own.slip,
		"deducted_not_counted": is_asked and bool(own.slip),
		"deducted_twice": bool(own.slip) and not is_alone,
		"deducted_otherwise": is_alone and own.carried is not None and own.carried != own.amount,
		"deducted_in_other_currency": own.is_carried_in_other_currency,
	}
	return [Finding(code, own) for code, is_wrong in checks.items() if is_wrong]
