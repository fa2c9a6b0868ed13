"""Takes an answer, once: on the portal of who referred, or behind the link of who was referred.

What is anonymous keeps neither the referral nor the people of it, nor when it was written: the month, where the opening belongs, and what was
said. That somebody has answered stands on the invitation, which no role reads; the link and the time of its use are deleted with the answer.
"""

from datetime import datetime, time

import frappe
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, nowdate

from referral_hub import tokens
from referral_hub.people import employments
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.survey.asking import ANSWERED, INVITATION, WAITING
from referral_hub.survey.rules.questions import Answer, Role, first_of_month
from referral_hub.wording import openings

RESPONSE, THEME = "Referral Survey Response", "Referral Survey Theme"
# under whose name an anonymous answer is written
NOBODY = "Guest"
_OFFERED_TO = {Role.REFERRER: "Referrers", Role.CANDIDATE: "Candidates"}
_WHERE = ("company", "department", "designation", "program")
_FIELDS = ("name", "referral", "role", "employee", "open_until", "state")


def waiting_for(employee: str) -> list[frappe._dict]:
	"""Return what this employee is asked about, by whichever of their records, the newest first."""
	mine = {"employee": ("in", employments.records_of(employee)), "role": Role.REFERRER.value}
	mine |= {"state": WAITING, "open_until": (">=", nowdate())}
	rows = frappe.get_all(INVITATION, mine, [*_FIELDS], order_by="asked_on desc, name asc")
	return [row for row in map(_with_referral, rows) if row and _is_theirs(row, employee)]


def opened_for(employee: str, referral: str) -> frappe._dict | None:
	"""Return the question about one referral, None where this employee is not asked about it now."""
	return next((row for row in waiting_for(employee) if row.referral == referral), None)


def opened_by(token: object) -> frappe._dict | None:
	"""Return the question a candidate's link opens, None for every link that opens nothing."""
	subject = tokens.read(Purpose.SURVEY, token)
	row = subject and frappe.db.get_value(INVITATION, subject.name, _FIELDS, as_dict=True)
	if not row or row.state != WAITING or getdate(row.open_until) < getdate():
		return None
	return _with_referral(row)


def themes_for(role: Role) -> list[frappe._dict]:
	"""Return the themes this person can tick, in the order in which they were made."""
	offered = {"enabled": 1, "offered_to": ("in", ["Everybody", _OFFERED_TO[role]])}
	return frappe.get_all(THEME, offered, ["theme", "theme_zh"], order_by="creation asc, theme asc")


def answer(invitation: str, given: Answer, moment: datetime | None = None) -> bool:
	"""Keep an answer, given at a moment (now); False where this question was answered, ended or ran out meanwhile."""
	asked = frappe.db.get_value(INVITATION, invitation, _FIELDS, as_dict=True, for_update=True)
	if not asked or asked.state != WAITING or getdate(asked.open_until) < getdate():
		return False
	frappe.db.set_value(INVITATION, invitation, "state", ANSWERED, update_modified=False)
	tokens.forget(tokens.Subject(INVITATION, invitation))
	_response(
		asked, given, moment or now_datetime()
	).db_insert()  # below the controller: no version, no follower, no entry in the search
	return True


def _response(asked, given: Answer, moment: datetime) -> Document:
	where = frappe.db.get_value("Referral", asked.referral, _WHERE, as_dict=True)
	row = frappe.new_doc(RESPONSE)
	row.name = frappe.generate_hash(length=20)
	row.update({**where, "role": asked.role, "score": given.score, **given.ratings})
	row.update({"themes": "\n".join(given.themes), "words": given.words})
	if given.is_anonymous:
		day = first_of_month(getdate(moment))
		_date(row, datetime.combine(day, time()), NOBODY)
		row.update({"anonymous": 1, "answered_on": day})
		return row
	_date(row, moment, frappe.session.user)
	name = asked.employee and frappe.db.get_value("Employee", asked.employee, "employee_name")
	row.update({"anonymous": 0, "answered_on": getdate(moment), "referral": asked.referral})
	row.update({"employee": asked.employee, "employee_name": name})
	return row


def _date(row: Document, moment: datetime, user: str) -> None:
	row.update({"creation": moment, "modified": moment, "owner": user, "modified_by": user})


def _is_theirs(row, employee: str) -> bool:
	"""Say whether the referral is still credited to this person."""
	return employments.are_one(row.referrer, employee)


def _with_referral(asked) -> frappe._dict | None:
	fields = [*_WHERE, "referrer", "candidate_name", "job_opening", "erased_on"]
	about = frappe.db.get_value("Referral", asked.referral, fields, as_dict=True)
	if not about or about.erased_on:
		return None
	title = openings.title_of(about.job_opening) if about.job_opening else None
	return frappe._dict(about | asked, opening_title=title or about.designation)
