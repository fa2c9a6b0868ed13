"""Whom to call today, and why: the open prompts, the likelier first, and whoever has waited long."""

import frappe
from frappe import _
from frappe.utils import cint, getdate, nowdate

from referral_hub.referral_hub.report.columns import column
from referral_hub.talent.cadence import wording
from referral_hub.talent.rules import cadence
from referral_hub.wording import link_titles

DOCTYPE = "Talent Prompt"
ALL, MINE = "All", "Mine"
_FIELDS = ["name", "person_name", "record.likelihood", "record.phone", "record.email"]
_FIELDS += ["purpose", "why", "why_facts", "due_on", "caller", "record.last_contact_on", "company"]


def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	where = {"state": cadence.OPEN}
	if asked.whose != ALL:
		where["caller"] = frappe.session.user
	if asked.company:
		where["company"] = asked.company
	rows = frappe.get_list(DOCTYPE, where, _FIELDS, limit_page_length=0)
	rows.sort(key=_order)
	link_titles.tell("User", (row.caller for row in rows))
	return columns(asked.whose), [_row(row) for row in rows]


def columns(whose: str | None = MINE) -> list[dict]:
	"""Return the columns; in the list of one's own nobody has to read who calls."""
	caller = column("caller", _("Who Calls", context="Talent Prompt"), "Link", 160, "User")
	return [
		column("person_name", _("Person", context="Talent Prompt"), "Data", 150),
		column("purpose", _("What For", context="Talent Prompt"), "Data", 80),
		column("why", _("Why Now", context="Talent Prompt"), "Data", 400),
		column("phone", _("Phone", context="Talent Pool Record"), "Data", 130),
		column("email", _("E-mail", context="Talent Pool Record"), "Data", 170),
		column("last_contact_on", _("Last Contact", context="Talent Pool Record"), "Datetime", 140),
		column("due_on", _("Due On"), "Date", 110),
		*([caller] if whose == ALL else []),
		column("company", _("Company"), "Data", 140),
	]


def _order(row) -> tuple:
	due = getdate(row.due_on or nowdate())
	return -cadence.order(cint(row.likelihood), due, getdate(nowdate())), row.name


def _row(row) -> dict:
	copied = ("person_name", "phone", "email", "last_contact_on", "due_on", "caller", "company")
	return {field: row[field] for field in copied} | {
		"prompt": row.name,
		"why": wording.in_words(row.why, row.why_facts),
		"purpose": _(row.purpose, context=DOCTYPE) if row.purpose else "",
	}
