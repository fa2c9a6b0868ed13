"""Asks the named employee: once, reminded once, lapsed after some days (Referral Hub Settings)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, cint, now_datetime, nowdate

from referral_hub import kept
from referral_hub.background import start_after_commit
from referral_hub.messages import service as messages
from referral_hub.referrals.making.records import APPLICANT_SOURCE
from referral_hub.referrals.policy import settings

DOCTYPE = "Named Referrer"
WAITING, LAPSED = "Waiting", "Lapsed"
JOB = "referral_hub.tasks.ask_named_referrer"
LOOK_BACK_DAYS = 7
_APPLICANT = ("name", "applicant_name", "source", "source_name", "job_title", "employee_referral")


def ask_after_commit(applicant: str) -> None:
	start_after_commit(JOB, once_as=f"referral_hub_ask::{applicant}", applicant=applicant)


def ask(applicant: str) -> str | None:
	"""Ask whom this applicant names, where nobody was asked yet; whom they named before is asked no longer."""
	fields = [*_APPLICANT, "referral_hub_referral"]
	row = frappe.db.get_value("Job Applicant", applicant, fields, as_dict=True, for_update=True)
	days = cint(settings().named_referrer_days)
	if not days or not row or not _names_somebody(row):
		return None
	_let_go_of_others(row)
	asked = {"job_applicant": applicant, "employee": row.source_name}
	employee = frappe.db.get_value(
		"Employee", row.source_name, ["status", "employee_name", "company"], as_dict=True
	)
	if not employee or employee.status != "Active" or frappe.db.exists(DOCTYPE, asked):
		return None
	claim = _insert(row, employee, days)
	_tell("named_as_referrer", claim)
	return claim.name


def remind(claim: str) -> None:
	row = frappe.get_doc(DOCTYPE, claim, for_update=True)
	if row.state == WAITING and not row.reminded:
		row.db_set("reminded", 1)
		_tell("named_reminder", row)


def lapse(claim: str) -> None:
	row = frappe.get_doc(DOCTYPE, claim, for_update=True)
	if row.state == WAITING:
		row.db_set({"state": LAPSED, "answered_on": now_datetime()})


def not_asked(limit: int = 200) -> list[str]:
	"""Return the applicants of the last days who name somebody whom no job has asked."""
	Applicant, Claim = frappe.qb.DocType("Job Applicant"), frappe.qb.DocType(DOCTYPE)
	return (
		frappe.qb.from_(Applicant)
		.left_join(Claim)
		.on((Claim.job_applicant == Applicant.name) & (Claim.employee == Applicant.source_name))
		.select(Applicant.name)
		.where((Applicant.source == APPLICANT_SOURCE) & (Applicant.source_name != ""))
		.where(Applicant.modified >= add_days(nowdate(), -LOOK_BACK_DAYS))
		.where(Applicant.referral_hub_referral.isnull() & Applicant.employee_referral.isnull())
		.where(Claim.name.isnull())
		.limit(limit)
		.run(pluck=True)
	)


def to_remind() -> list[str]:
	due = {"state": WAITING, "reminded": 0, "remind_on": ("<=", nowdate()), "lapses_on": (">=", nowdate())}
	return frappe.get_all(DOCTYPE, due, pluck="name", order_by="name asc")


def run_out() -> list[str]:
	due = {"state": WAITING, "lapses_on": ("<", nowdate())}
	return frappe.get_all(DOCTYPE, due, pluck="name", order_by="name asc")


def _names_somebody(row) -> bool:
	is_ours = row.referral_hub_referral or row.employee_referral
	return bool(row.source == APPLICANT_SOURCE and row.source_name and not is_ours)


def _let_go_of_others(row) -> None:
	others = {"job_applicant": row.name, "employee": ("!=", row.source_name), "state": WAITING}
	frappe.db.set_value(DOCTYPE, others, {"state": LAPSED, "answered_on": now_datetime()})


def _insert(row, employee, days: int) -> Document:
	claim = frappe.new_doc(DOCTYPE)
	company = row.job_title and frappe.db.get_value("Job Opening", row.job_title, "company")
	claim.update(
		{
			"applicant_name": row.applicant_name,
			"job_applicant": row.name,
			"job_opening": row.job_title,
			"company": company or employee.company,
			"employee": row.source_name,
			"employee_name": employee.employee_name,
			"state": WAITING,
			"asked_on": now_datetime(),
			"remind_on": add_days(nowdate(), max(days // 2, 1)),
			"lapses_on": add_days(nowdate(), days),
		}
	)
	with kept.writing(claim):
		return claim.insert(ignore_permissions=True, ignore_links=True)


def _tell(event: str, claim: Document) -> None:
	opening = claim.job_opening and frappe.db.get_value("Job Opening", claim.job_opening, "job_title")
	messages.tell(
		event,
		claim.employee,
		key=claim.name,
		candidate_name=claim.applicant_name,
		opening=opening,
		lapses_on=str(claim.lapses_on),
	)
