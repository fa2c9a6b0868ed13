"""Holds the taxable value of what is not money, and the tax the company pays on it, against the Additional Salaries that say so."""

import frappe

from referral_hub.rewards import promises
from referral_hub.rewards.money import to_decimal, written_off
from referral_hub.rewards.oversight import in_payroll, mismatches
from referral_hub.rewards.oversight.in_payroll import InPayroll
from referral_hub.rewards.paying import taxable
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.paying.reconciling import Finding
from referral_hub.rewards.rules.paying.reconciling_values import Value, findings, tax, value


def rows(rewards: list) -> list[frappe._dict]:
	"""Return one row for each thing that does not match in the taxable values of these rewards."""
	payroll = in_payroll.naming(promises.DOCTYPE, [reward.name for reward in rewards])
	found = []
	for reward in rewards:
		if reward.taxable_state == taxable.WITHDRAWN and reward.state in states.HANDED_OVER:
			found.append(_value_gone(reward))
		for finding in findings(_plain(reward), payroll.plain(reward.name)):
			expected = mismatches.money(_amount(reward, finding), reward.taxable_currency)
			found += mismatches.rows([finding], reward, payroll, reward.name, expected)
	return found


def _plain(reward) -> Value:
	return Value(
		reward.taxable_state or None,
		reward.employee,
		reward.taxable_currency,
		(
			value(to_decimal(reward.taxable_value), reward.get(taxable.VALUE)),
			tax(to_decimal(reward.gross_up_amount), reward.get(taxable.TAX)),
		),
		reward.state == states.CLAWED_BACK or (reward.state == states.VOID and not written_off(reward)),
	)


def _amount(reward, finding: Finding):
	"""Return what the reward says of what a finding is about: the tax where that is named, else the value."""
	is_tax = finding.salary and finding.salary.name == reward.get(taxable.TAX)
	field = "gross_up_amount" if is_tax or finding.code == "tax_missing" else "taxable_value"
	return to_decimal(reward.get(field))


def _value_gone(reward) -> frappe._dict:
	"""Return a row for something the employee has while its value is no longer taxed."""
	expected = mismatches.money(to_decimal(reward.taxable_value), reward.taxable_currency)
	row = mismatches.row("value_gone", reward, None, InPayroll(), expected)
	return row.update(additional_salary=reward.get(taxable.VALUE)) or row
