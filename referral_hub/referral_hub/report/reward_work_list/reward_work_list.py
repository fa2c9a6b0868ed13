"""What waits for a person: rewards to approve, what is missing before they are paid, and what employees owe."""

import frappe
from frappe import _

from referral_hub.referral_hub.report.columns import column
from referral_hub.rewards.oversight import worklist
from referral_hub.wording.asked_for import in_their_language

COLOURS = {"Approval": "Blue", "On Hold": "Orange", "Owed": "Red"}


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	found = worklist.rows(frappe._dict(filters or {}))
	return columns(), [_row(row) for row in found], None, None, _summary(found)


def columns() -> list[dict]:
	return [
		column("reward", _("Reward"), "Link", 120, "Referral Reward"),
		column("state", _("State", context="Referral Reward"), "Data", 100),
		column("to_do", _("What to Do"), "Data", 220),
		column("why", _("Why"), "Data", 320),
		column("employee_name", _("Employee"), "Data", 140),
		column("amount", _("Amount"), "Data", 130),
		column("owed", _("Still Owed"), "Float", 110),
		column("asked_back", _("Asked Back"), "Float", 110),
		column("what", _("Earned Because"), "Data", 200),
		column("due_on", _("Due On"), "Date", 110),
		column("since", _("Since"), "Datetime", 150),
		column("company", _("Company"), "Data", 140),
	]


def _row(row) -> dict:
	copied = ("reward", "to_do", "why", "employee_name", "what", "due_on", "company", "asked_back")
	return {field: row[field] for field in copied} | {
		"state": _(row.state, context="Referral Reward"),
		"amount": row.amount_in_words,
		"owed": row.owed_amount,
		"since": row.modified,
	}


def _summary(found: list) -> list[dict]:
	return [
		{
			"label": _(state, context="Referral Reward"),
			"value": sum(row.state == state for row in found),
			"indicator": colour,
			"datatype": "Int",
		}
		for state, colour in COLOURS.items()
	]
