"""Holds the taxable value of what is not money, and the tax the company pays on it, against the Additional Salaries that say so."""

import frappe

from referral_hub.rewards import bearers
from referral_hub.rewards.bearers import TAX, VALUE, Bearer
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.oversight import in_payroll, mismatches
from referral_hub.rewards.oversight.in_payroll import InPayroll
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules.paying.reconciling import Finding
from referral_hub.rewards.rules.paying.reconciling_values import (
	WAITING,
	WITHDRAWN,
	Value,
	findings,
	tax,
	value,
)


def rows(held: list, among: Bearer = bearers.REWARD) -> list[frappe._dict]:
	"""Return one row for each thing that does not match in the taxable values of these rewards, or orders."""
	payroll = in_payroll.naming(among.doctype, [one.name for one in held])
	found, records_of = [], in_payroll.records_of_others(held, payroll)
	for one in held:
		if one.taxable_state == WAITING and one.state in among.held_in and (why := among.reason_of(one)):
			found.append(_value_waits(one, among, why))
		if one.taxable_state == WITHDRAWN and one.state in among.held_in:
			found.append(_value_gone(one, among))
		for finding in findings(_plain(one, among, records_of), payroll.plain(one.name)):
			expected = mismatches.money(_amount(one, finding), one[among.currency])
			found += mismatches.rows([finding], one, payroll, one.name, expected)
	return found


def _plain(one, among: Bearer, records_of: dict[str, frozenset[str]]) -> Value:
	return Value(
		one.taxable_state or None,
		records_of.get(one.employee, frozenset({one.employee})),
		one[among.currency],
		(
			value(to_decimal(one.taxable_value), one.get(VALUE)),
			tax(to_decimal(one.gross_up_amount), one.get(TAX)),
		),
		among.is_gone(one),
	)


def _amount(one, finding: Finding):
	"""Return what is kept of what a finding is about: the tax where that is named, else the value."""
	is_tax = finding.salary and finding.salary.name == one.get(TAX)
	field = "gross_up_amount" if is_tax or finding.code == "tax_missing" else "taxable_value"
	return to_decimal(one.get(field))


def _value_waits(one, among: Bearer, why: Reason) -> frappe._dict:
	"""Return a row for something the employee has, of which payroll can't be told yet."""
	expected = mismatches.money(to_decimal(one.taxable_value), one[among.currency])
	row = mismatches.row("value_waits", one, None, InPayroll(), expected)
	return row.update(finding=row.finding.format(why)) or row


def _value_gone(one, among: Bearer) -> frappe._dict:
	"""Return a row for something the employee has while its value is no longer taxed."""
	expected = mismatches.money(to_decimal(one.taxable_value), one[among.currency])
	row = mismatches.row("value_gone", one, None, InPayroll(), expected)
	return row.update(additional_salary=one.get(VALUE)) or row
