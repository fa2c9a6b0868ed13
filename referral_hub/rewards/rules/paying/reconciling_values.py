"""What does not match between the taxable value of what is not money and what payroll was told of it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from referral_hub.rewards.rules.documents import CANCELLED, DRAFT, SUBMITTED
from referral_hub.rewards.rules.paying.reconciling import Finding, Salary

# where a value is on its way through payroll
WAITING, IN_PAYROLL, TAXED, WITHDRAWN = "Waiting", "In Payroll", "Taxed", "Withdrawn"


@dataclass(frozen=True)
class Piece:
	"""The value itself, or the tax on it that the company pays: how much, and the Additional Salary that says so."""

	amount: Decimal
	salary: str | None
	missing: str
	other_amount: str


@dataclass(frozen=True)
class Value:
	"""What payroll is to tax; `employees`: the records of who has it, or had it: `is_gone`."""

	state: str | None
	employees: frozenset[str]
	currency: str | None
	pieces: tuple[Piece, ...]
	is_gone: bool = False


def value(amount: Decimal, salary: str | None) -> Piece:
	return Piece(amount, salary, "value_missing", "other_value")


def tax(amount: Decimal, salary: str | None) -> Piece:
	return Piece(amount, salary, "tax_missing", "other_tax")


def findings(reward: Value, salaries: Iterable[Salary]) -> list[Finding]:
	"""Return everything that does not match, in a fixed order; empty when both sides say the same."""
	named = {salary.name: salary for salary in salaries if salary.docstatus != CANCELLED or salary.slip}
	own = {piece.salary: piece for piece in reward.pieces if piece.salary}
	found = []
	if reward.state in (IN_PAYROLL, TAXED):
		found += [finding for piece in reward.pieces for finding in _of_piece(reward, piece, named)]
		beside = "second_value"
	else:
		beside = "value_left" if reward.state == WITHDRAWN else "not_money"
		own = {}
	return found + [Finding(beside, salary) for name, salary in named.items() if name not in own]


def _of_piece(reward: Value, piece: Piece, named: dict[str, Salary]) -> list[Finding]:
	salary = named.get(piece.salary)
	if not salary:
		return [Finding(piece.missing)] if piece.amount and reward.state == IN_PAYROLL else []
	checks = {
		"other_employee": salary.employee not in reward.employees,
		"deducted": salary.is_deduction,
		piece.other_amount: salary.amount != piece.amount,
		"other_currency": (salary.currency or reward.currency) != reward.currency,
		"not_to_be_paid": reward.is_gone and reward.state == IN_PAYROLL,
		"still_a_draft": salary.docstatus == DRAFT,
		"passed_over": salary.docstatus == SUBMITTED and salary.is_passed_over and not salary.slip,
		"never_carried": reward.state == IN_PAYROLL and salary.is_never_carried,
		"taxed_not_carried": reward.state == TAXED and not salary.slip,
		"carried_twice": bool(salary.slip) and salary.slips > 1,
		"carried_otherwise": salary.slips == 1 and salary.carried not in (None, salary.amount),
		"carried_in_other_currency": salary.is_carried_in_other_currency,
	}
	return [Finding(code, salary) for code, is_wrong in checks.items() if is_wrong]
