"""Asks the named employee: once, reminded once, lapsed after some days (Referral Hub Settings).

HR names an employee on the Job Applicant (*Source Name*); applicants write who told them in their own words. Words that
name nobody, or more than one, are kept as an Unclear question for HR, who settles it by choosing the employee.
"""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, cint, now_datetime, nowdate

from referral_hub import kept
from referral_hub.background import start_after_commit
from referral_hub.messages import service as messages
from referral_hub.referrals.making.records import APPLICANT_SOURCE
from referral_hub.referrals.named import meaning
from referral_hub.referrals.policy import settings

DOCTYPE = "Named Referrer"
WAITING, LAPSED, UNCLEAR = "Waiting", "Lapsed", "Unclear"
# strangers can't fill a colleague's list: what comes by words beyond this is HR's to settle
MOST_WAITING_BY_WORDS = 5
JOB = "referral_hub.tasks.ask_named_referrer"
LOOK_BACK_DAYS = 7
_APPLICANT = (
	"name",
	"applicant_name",
	"source",
	"source_name",
	"job_title",
	"employee_referral",
	"referral_hub_referral",
	"referral_hub_link",
	"referral_hub_told_by",
)


def asks_applicants(link) -> bool:
	"""Say whether who comes by this link may be asked who told them: nobody's name stands behind it yet."""
	return not link.employee and cint(settings().named_referrer_days) > 0


def ask_after_commit(applicant: str) -> None:
	start_after_commit(JOB, once_as=f"referral_hub_ask::{applicant}", applicant=applicant)


def ask(applicant: str) -> str | None:
	"""Ask whom this applicant names, where nobody was asked yet; whom they named before is asked no longer."""
	row = frappe.db.get_value("Job Applicant", applicant, _APPLICANT, as_dict=True, for_update=True)
	days = cint(settings().named_referrer_days)
	if not days or not row or row.referral_hub_referral or row.employee_referral:
		return None
	if row.source == APPLICANT_SOURCE and row.source_name:
		_let_go_of_others(row)
		return _ask(row, row.source_name, days)
	return _ask_by_words(row, days) if row.referral_hub_told_by else None


def _ask(row, employee: str, days: int, words: str | None = None) -> str | None:
	fields = ["name", "status", "employee_name", "company"]
	person = frappe.db.get_value("Employee", employee, fields, as_dict=True)
	asked = {"job_applicant": row.name, "employee": employee}
	if not person or person.status != "Active" or frappe.db.exists(DOCTYPE, asked):
		return None
	claim = _insert(row, person, days, words)
	_tell("named_as_referrer", claim)
	return claim.name


def _ask_by_words(row, days: int) -> str | None:
	"""Ask the one colleague the words name; what is not clear waits for HR. An employee's own link says enough."""
	by_link = row.referral_hub_link and frappe.db.get_value(
		"Referral Link", row.referral_hub_link, "employee"
	)
	if by_link or frappe.db.exists(DOCTYPE, {"job_applicant": row.name}):
		return None
	employee = meaning.find(row.referral_hub_told_by, _company_of(row))
	if employee and _waiting_by_words(employee) < MOST_WAITING_BY_WORDS:
		return _ask(row, employee, days, row.referral_hub_told_by)
	return _insert(row, None, days, row.referral_hub_told_by).name


def _waiting_by_words(employee: str) -> int:
	return frappe.db.count(DOCTYPE, {"employee": employee, "state": WAITING, "words": ("is", "set")})


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
	"""Return the applicants of the last days who name somebody whom no job has asked, or in words nobody has read."""
	return [*_not_asked_by_name(limit), *_not_asked_by_words(limit)]


def _not_asked_by_words(limit: int) -> list[str]:
	Applicant, Claim = frappe.qb.DocType("Job Applicant"), frappe.qb.DocType(DOCTYPE)
	return (
		frappe.qb.from_(Applicant)
		.left_join(Claim)
		.on(Claim.job_applicant == Applicant.name)
		.select(Applicant.name)
		.where(Applicant.referral_hub_told_by != "")
		.where(Applicant.creation >= add_days(nowdate(), -LOOK_BACK_DAYS))
		.where(Applicant.referral_hub_referral.isnull() & Applicant.employee_referral.isnull())
		.where(Claim.name.isnull())
		.limit(limit)
		.run(pluck=True)
	)


def _not_asked_by_name(limit: int) -> list[str]:
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


def _let_go_of_others(row) -> None:
	others = {"job_applicant": row.name, "state": ("in", (WAITING, UNCLEAR))}
	others["name"] = ("not in", _questions_to(row.name, row.source_name) or [""])
	frappe.db.set_value(DOCTYPE, others, {"state": LAPSED, "answered_on": now_datetime()})


def _questions_to(applicant: str, employee: str) -> list[str]:
	return frappe.get_all(DOCTYPE, {"job_applicant": applicant, "employee": employee}, pluck="name")


def _company_of(row) -> str | None:
	if row.job_title:
		return frappe.db.get_value("Job Opening", row.job_title, "company")
	return row.referral_hub_link and frappe.db.get_value("Referral Link", row.referral_hub_link, "company")


def _insert(row, employee, days: int, words: str | None) -> Document:
	"""Write the question; without an employee it is one for HR."""
	claim = frappe.new_doc(DOCTYPE)
	claim.update(
		{
			"applicant_name": row.applicant_name,
			"job_applicant": row.name,
			"job_opening": row.job_title,
			"company": _company_of(row) or (employee.company if employee else _default_company()),
			"employee": employee.name if employee else None,
			"employee_name": employee.employee_name if employee else None,
			"words": words,
			"state": WAITING if employee else UNCLEAR,
			"asked_on": now_datetime(),
		}
	)
	if employee:
		claim.remind_on = add_days(nowdate(), max(days // 2, 1))
		claim.lapses_on = add_days(nowdate(), days)
	with kept.writing(claim):
		return claim.insert(ignore_permissions=True, ignore_links=True)


def _default_company() -> str | None:
	return frappe.db.get_default("company")


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
