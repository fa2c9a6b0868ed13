"""Holds what is asked back of cash rewards by deductions against the Additional Salaries that deduct it, both ways."""

import frappe

from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.oversight import in_payroll, mismatches
from referral_hub.rewards.recovery import records
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.paying.reconciling_deductions import Recovery, findings

FIELDS = ("name", "reward", "employee", "amount", "currency", "state", "payout_name", "attempt")


def rows(rewards: list, others: dict) -> list[frappe._dict]:
	"""Return one row for each thing that does not match in the deductions of these rewards, and in `others` for what names none."""
	rewards = {reward.name: reward for reward in rewards}
	recoveries = _recoveries([*rewards])
	payroll = in_payroll.naming(records.DOCTYPE, [recovery.name for recovery in recoveries], others)
	records_of = in_payroll.records_of_others(recoveries, payroll)
	found = []
	for recovery in recoveries:
		reward, expected = rewards[recovery.reward], mismatches.money(recovery.amount, recovery.currency)
		differences = findings(_plain(recovery, reward, records_of), payroll.plain(recovery.name))
		found += mismatches.rows(differences, reward, payroll, recovery.name, expected)
	stray = payroll.naming_others(records.DOCTYPE, {recovery.name for recovery in recoveries})
	return found + [mismatches.row("no_recovery", None, salary, payroll, None) for salary in stray]


def _recoveries(rewards: list[str]) -> list[frappe._dict]:
	asked = {"reward": ("in", rewards), "how": records.BY_SALARY}
	order = "creation asc, name asc"
	found = frappe.get_all(records.DOCTYPE, asked, FIELDS, order_by=order) if rewards else []
	return [row.update(amount=to_decimal(row.amount)) or row for row in found]


def _plain(row, reward, records_of: dict[str, frozenset[str]]) -> Recovery:
	return Recovery(
		row.state,
		records_of.get(row.employee, frozenset({row.employee})),
		row.amount,
		row.currency,
		row.payout_name,
		reward.state == states.OWED or records.is_of_before(reward, row),
	)
