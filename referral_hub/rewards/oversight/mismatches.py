"""The rows of the reconciliation: what does not match, in words, with the documents of both sides."""

from decimal import Decimal

import frappe
from frappe import _

from referral_hub.rewards.kinds.cash import Cash
from referral_hub.rewards.money import currency_handed_over, handed_over, to_decimal
from referral_hub.rewards.oversight.in_payroll import InPayroll
from referral_hub.rewards.rules.paying.reconciling import Finding


def rows(found: list[Finding], reward, in_payroll: InPayroll, document: str, expected: str) -> list:
	"""Return a row for each finding about one document; `expected`: what our side says, in words."""
	own = in_payroll.of(document)
	return [
		row(finding.code, reward, finding.salary and own[finding.salary.name], in_payroll, expected)
		for finding in found
	]


def row(code: str, reward, salary, in_payroll: InPayroll, expected: str | None) -> frappe._dict:
	person = reward or salary
	return frappe._dict(
		code=code,
		finding=in_words(code),
		reward=reward and reward.name,
		referral=reward and reward.referral,
		state=reward and reward.state,
		employee=person.employee,
		employee_name=person.employee_name,
		company=person.company,
		company_of_hire=reward and reward.company_of_hire,
		expected=expected,
		additional_salary=salary and salary.name,
		paid=salary and money(to_decimal(salary.amount), salary.currency),
		payroll_date=salary and salary.payroll_date,
		salary_slip=salary and in_payroll.slip_of(salary.name),
	)


def of_payment(reward) -> str:
	return money(handed_over(reward), currency_handed_over(reward))


def money(amount: Decimal, currency: str | None) -> str:
	return Cash().in_words(amount, currency)


def in_words(code: str) -> str:
	return all_words()[code]


def all_words() -> dict[str, str]:
	"""Return what each finding says, by its code."""
	return _of_payments() | _of_deductions() | _of_values()


def _of_payments() -> dict[str, str]:
	return {
		"no_payout": _("Paid, but no Additional Salary pays it"),
		"second": _("A second Additional Salary names the same reward"),
		"not_to_be_paid": _("Not to be paid, but an Additional Salary stands"),
		"other_employee": _("The Additional Salary is another employee's"),
		"other_amount": _("The Additional Salary pays another amount"),
		"other_currency": _("The Additional Salary pays another currency"),
		"still_a_draft": _("The Additional Salary is still a draft"),
		"passed_over": _("The Salary Slip of that period was submitted without it"),
		"never_carried": _(
			"Its payroll date is over, or the employee leaves before it, and no Salary Slip carries it"
		),
		"carried_in_other_currency": _("The Salary Slip that carries it is in another currency"),
		"not_carried": _("Confirmed, but no submitted Salary Slip carries it"),
		"carried_unnoticed": _("A submitted Salary Slip carries it, but it is not Confirmed"),
		"deducted": _("The Additional Salary deducts it instead of paying it"),
		"carried_twice": _("More than one submitted Salary Slip carries it"),
		"carried_otherwise": _("The Salary Slip pays another amount for it"),
		"crossed": _("A submitted Salary Slip carries what was withdrawn from payroll"),
		"kept_beyond": _("Paid anew, but nothing deducts what was paid before"),
		"slip_to_make_anew": _("Its Salary Slip was cancelled after a part came back: make that slip anew"),
		"earlier_not_carried": _("What was paid before is in no Salary Slip any more: make that slip anew"),
		"no_reward": _("The Additional Salary names a reward that does not exist"),
	}


def _of_deductions() -> dict[str, str]:
	return {
		"no_deduction": _("Asked back from the salary, but no Additional Salary deducts it"),
		"second_deduction": _("A second Additional Salary deducts the same"),
		"deducts_unasked": _("Not asked back any more, but an Additional Salary deducts it"),
		"still_deducted": _("A submitted Salary Slip deducts what was no longer asked back"),
		"pays_back": _("The Additional Salary pays it instead of deducting it"),
		"deducts_other_amount": _("The Additional Salary deducts another amount"),
		"other_currency_deducted": _("The Additional Salary deducts another currency"),
		"deduction_a_draft": _("The Additional Salary that deducts it is still a draft"),
		"deduction_passed_over": _("The Salary Slip of that period was submitted without the deduction"),
		"never_deducted": _(
			"Its payroll date is over, or the employee leaves before it, and no Salary Slip deducts it"
		),
		"deducted_in_other_currency": _("The Salary Slip that deducts it is in another currency"),
		"counted_not_deducted": _("Counted as given back, but no submitted Salary Slip deducts it"),
		"deducted_not_counted": _("A submitted Salary Slip deducts it, but it does not count as given back"),
		"deducted_twice": _("More than one submitted Salary Slip deducts it"),
		"deducted_otherwise": _("The Salary Slip deducts another amount than the Additional Salary"),
		"no_recovery": _("The Additional Salary deducts something that was never asked back"),
	}


def _of_values() -> dict[str, str]:
	return {
		"value_waits": _("Payroll was not told its taxable value yet: {0}"),
		"value_gone": _("Its taxable value was taken out of payroll"),
		"value_left": _("Its taxable value was taken out of payroll, but this Additional Salary stands"),
		"value_missing": _("Payroll was told its taxable value, but no Additional Salary says it"),
		"tax_missing": _("The company pays the tax on it, but no Additional Salary does"),
		"other_value": _("The Additional Salary says another taxable value"),
		"other_tax": _("The Additional Salary pays another amount of tax"),
		"second_value": _("Payroll has its taxable value already, and a further Additional Salary names it"),
		"not_money": _("It is not paid in money, but an Additional Salary names it"),
		"taxed_not_carried": _("Its value counts as taxed, but no submitted Salary Slip carries it"),
	}
