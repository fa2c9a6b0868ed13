"""Waiting for HR: referrals whose referrer is to hear something, what is most overdue first; and who was told no reason,
and whose application was deleted.

A page at a time; the figures above are those of everything that fits the filters. Rows are scoped in the slice, so a
recruiter of one company sees that company's.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from referral_hub.referral_hub.report.columns import column
from referral_hub.referrals.service_level import desk, queue
from referral_hub.wording import link_titles
from referral_hub.wording.asked_for import in_their_language

WAITING, NO_REASON, DELETED = "Waiting for a Word", "Reason Missing", "Application Deleted"
READ_BY = {WAITING: queue.waiting, NO_REASON: queue.without_reason, DELETED: queue.without_applicant}


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	page = READ_BY.get(filters.show, queue.waiting)(filters)
	today = getdate(nowdate())
	stages = {stage: _(stage, context="Referral") for stage in {row.stage for row in page.rows}}
	rows = [_row(row, today, stages) for row in page.rows]
	link_titles.tell("Job Opening", (row["job_opening"] for row in rows))
	link_titles.tell("User", (row["recruiter"] for row in rows))
	return columns(), rows, _said(page), None, _summary(filters, page)


def columns() -> list[dict]:
	return [
		column("candidate_name", _("Candidate"), "Data", 150),
		column("late", _("Days Late"), "Int", 90),
		column("next_word_due", _("Next Word Due"), "Date", 140),
		column("stage", _("Stage"), "Data", 110),
		column("referrer_name", _("Referred By"), "Data", 130),
		column("submitted_on", _("Referred On"), "Date", 110),
		column("last_word_on", _("Last Word"), "Date", 110),
		column("job_opening", _("Job Opening", context="Referral"), "Link", 200, "Job Opening"),
		column("recruiter", _("Recruiter"), "Link", 150, "User"),
		column("reminded", _("Reminded"), "Data", 120),
		column("company", _("Company"), "Data", 140),
		column("job_applicant", _("Job Applicant"), "Link", 180, "Job Applicant"),
		column("referral", _("Referral"), "Link", 160, "Referral"),
	]


def _row(row, today: date, stages: dict[str, str]) -> dict:
	copied = ("candidate_name", "next_word_due", "referrer_name", "submitted_on", "last_word_on")
	copied += ("job_opening", "recruiter", "company")
	return {field: row[field] for field in copied} | {
		"referral": row.name,
		"job_applicant": None if row.applicant_deleted else row.job_applicant,
		"stage": stages[row.stage],
		"late": desk.days_late(row, today),
		"reminded": _reminded(row),
	}


def _reminded(row) -> str:
	if row.manager_told_on:
		return _("HR Manager Told")
	return _("Recruiter Reminded") if row.recruiter_reminded_on else ""


def _said(page: queue.Page) -> str | None:
	"""Say which part of the queue this is, where it is not all of it."""
	if len(page.rows) == page.total:
		return None
	return _("Rows {0} to {1} of {2}").format(page.first, page.last, page.total)


def _summary(filters, page: queue.Page) -> list[dict]:
	missing = {NO_REASON: _("Reason Missing"), DELETED: _("Application Deleted")}
	if filters.show in missing:
		return [_figure(missing[filters.show], page.total, "Orange" if page.total else "Green")]
	return [
		_figure(_("Waiting for a Word"), page.total, "Blue"),
		_figure(_("Overdue", context="Referral Hub"), page.late, "Red" if page.late else "Green"),
		_figure(_("Asked or Invited, Not Shown Yet"), queue.not_shown_yet(filters), "Gray"),
	]


def _figure(label: str, value: int, indicator: str) -> dict:
	return {"label": label, "value": value, "datatype": "Int", "indicator": indicator}
