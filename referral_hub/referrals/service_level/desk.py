"""What HR sees of a referral's clock in the desk: beside an applicant, and in the queue. Reads only.

Rows are scoped by `frappe.get_list`, which obeys permissions.py; nobody sees here what the list of referrals hides.
"""

from datetime import date

import frappe
from frappe.utils import getdate, nowdate

from referral_hub.referrals.service_level.people import recruiters_of

MOST_ROWS = 1000
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
	rows = _list({"job_applicant": ("in", applicants or [""])})
	for row in rows:
		row.late = is_late(row)
	return {row.job_applicant: row for row in rows}


def queue(filters: dict) -> list[frappe._dict]:
	"""Return the open referrals that wait for HR: what is most overdue first, then what is due next."""
	rows = _list(_asked(filters) | {"outcome": "Open", "next_word_due": ("is", "set")}, "next_word_due asc")
	if filters.get("only_overdue"):
		rows = [row for row in rows if is_late(row)]
	return _of_recruiter(rows, filters.get("recruiter"))


def without_reason(filters: dict) -> list[frappe._dict]:
	"""Return the referrals that ended because HR said no, and whose referrer was not told why; newest first."""
	asked = _asked(filters) | {"outcome": ("in", ["Not Selected"]), "reason": ("is", "not set")}
	return _of_recruiter(_list(asked, "stage_changed_on desc"), filters.get("recruiter"))


def without_applicant(filters: dict) -> list[frappe._dict]:
	"""Return the open referrals whose applicant HR deleted: HRMS says nothing more about them; oldest first."""
	asked = _asked(filters) | {"outcome": "Open", "applicant_deleted": 1}
	return _of_recruiter(_list(asked, "submitted_on asc"), filters.get("recruiter"))


def is_late(row) -> bool:
	return bool(
		row.next_word_due and row.outcome == "Open" and getdate(row.next_word_due) < getdate(nowdate())
	)


def days_late(due: date | None) -> int:
	return max((getdate(nowdate()) - getdate(due)).days, 0) if due else 0


def _asked(filters: dict) -> dict:
	return {name: filters[name] for name in ("company", "job_opening", "stage") if filters.get(name)}


def _of_recruiter(rows: list, recruiter: str | None) -> list:
	named = recruiters_of(sorted({row.job_opening for row in rows if row.job_opening}))
	for row in rows:
		row.recruiter = named.get(row.job_opening)
	return [row for row in rows if row.recruiter == recruiter] if recruiter else rows


def _list(filters: dict, order: str = "submitted_on desc") -> list[frappe._dict]:
	return frappe.get_list(
		"Referral", filters=filters, fields=list(_FIELDS), order_by=order, limit_page_length=MOST_ROWS
	)
