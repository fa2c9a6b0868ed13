"""What HR sees of a referral's clock in the desk, beside an applicant. Reads only; the queue has a file of its own.

Rows are scoped by `frappe.get_list`, which obeys permissions.py; nobody sees here what the list of referrals hides.
"""

from datetime import date

import frappe
from frappe.utils import getdate, nowdate

_FIELDS = (
	"name",
	"candidate_name",
	"job_applicant",
	"referrer",
	"referrer_name",
	"submitted_on",
	"stage",
	"outcome",
	"reason",
	"last_word_on",
	"next_word_due",
	"next_interview_on",
	"recruiter_reminded_on",
	"manager_told_on",
	"no_show_proposed_on",
	"job_opening",
	"company",
	"program",
	"applicant_deleted",
)


def beside_applicants(applicants: list[str]) -> dict[str, frappe._dict]:
	"""Return for each of these applicants who was referred: by whom, since when, and when the next word is due."""
	rows = _list({"job_applicant": ("in", applicants)}) if applicants else []
	for row in rows:
		row.late = is_late(row)
	return {row.job_applicant: row for row in rows}


def is_late(row) -> bool:
	return days_late(row, getdate(nowdate())) > 0


def days_late(row, today: date) -> int:
	"""Return for how many days a referral that is open has waited too long."""
	if not row.next_word_due or row.outcome != "Open":
		return 0
	return max((today - getdate(row.next_word_due)).days, 0)


def _list(filters: dict) -> list[frappe._dict]:
	return frappe.get_list("Referral", filters=filters, fields=list(_FIELDS), limit_page_length=0)
