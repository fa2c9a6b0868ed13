"""An employee asks HR about one of their own referrals or rewards, and says whether the answer settles it.

Called by the portal and its API, which say who asks. Somebody else's referral looks like one that does not exist.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, now_datetime, nowdate

from referral_hub import kept
from referral_hub.people.employments import records_of, users_of
from referral_hub.people.workdays import read_calendar
from referral_hub.referrals.policy import settings
from referral_hub.referrals.rules import sla
from referral_hub.referrals.service_level import people

KINDS = ("Not accepted", "Not credited", "Not paid", "Amount", "Refused", "Other")
LONGEST_QUESTION = 1000
MOST_OPEN = 20
SHOWN = [
	"name",
	"kind",
	"question",
	"state",
	"asked_on",
	"due_on",
	"answer",
	"answered_on",
	"not_settled",
	"not_settled_words",
	"earlier_answer",
	"reward",
]
OPEN, ANSWERED, CLOSED = "Open", "Answered", "Closed"


class UnclearQuestion(frappe.ValidationError):
	"""The question is empty, too long, or of an unknown kind."""


class TooManyQuestions(frappe.ValidationError):
	"""This employee waits for so many answers already that more questions would not help."""


class AskedTwiceAlready(frappe.ValidationError):
	"""A question can be opened again once; then HR and the employee should talk."""


def ask(
	employee: str, referral: str, kind: str, question: str, reward: str | None = None, known: str = ""
) -> Document:
	"""Open a question; the same one that is still open is returned again. `known` is what the page had explained."""
	text = checked(kind, question)
	row = _own_referral(referral, employee)
	_check_reward(reward, row.name, employee)
	asked = {"employee": ("in", records_of(employee)), "state": OPEN}
	same = {"referral": row.name, "reward": reward or ("is", "not set"), "kind": kind}
	if found := frappe.db.get_value("Referral Dispute", same | asked, for_update=True):
		return frappe.get_doc("Referral Dispute", found)
	check_number(employee)
	return insert(employee, row, kind, text, known, referral=row.name, reward=reward or None)


def not_settled(question: str, employee: str, words: str) -> Document:
	"""Open an answered question again, once, with what the answer left open."""
	doc = _own_question(question, employee)
	text = checked(doc.kind, words)
	if doc.state != ANSWERED:
		frappe.throw(_("This question waits for no word of yours."), exc=AskedTwiceAlready)
	if doc.not_settled:
		frappe.throw(
			_("This question was opened again once. Please talk to HR directly."), exc=AskedTwiceAlready
		)
	doc.update(
		{
			"state": OPEN,
			"not_settled": 1,
			"not_settled_words": text,
			"earlier_answer": doc.answer,
			"answer": None,
			"resolution": None,
			"due_on": answer_due(doc.company),
		}
	)
	return save(doc)


def settled(question: str, employee: str) -> Document:
	"""Close an answered question: the employee is content."""
	doc = _own_question(question, employee)
	if doc.state == ANSWERED:
		doc.update({"state": CLOSED, "closed_on": now_datetime()})
		save(doc)
	return doc


def of_referral(referral: str, employee: str) -> list[frappe._dict]:
	"""Return this employee's questions about a referral, newest first."""
	return frappe.get_all(
		"Referral Dispute",
		{"referral": referral, "employee": ("in", records_of(employee))},
		SHOWN,
		order_by="asked_on desc",
	)


def answer_due(company: str | None):
	days = cint(settings().sla_question)
	return sla.after_working_days(read_calendar(company), getdate(nowdate()), days) if days else None


def save(doc: Document) -> Document:
	with kept.writing(doc):
		return doc.save(ignore_permissions=True)


def insert(employee: str, row, kind: str, text: str, known: str, **about) -> Document:
	"""Write a checked question down: it goes to HR of the company of `row`, first to who recruits for its opening."""
	doc = frappe.new_doc("Referral Dispute")
	doc.update(
		{
			"kind": kind,
			"question": text,
			"known": known,
			"employee": employee,
			"employee_name": frappe.db.get_value("Employee", employee, "employee_name"),
			"company": row.company,
			"asked_on": now_datetime(),
			"state": OPEN,
			"due_on": answer_due(row.company),
			"assigned_to": _who_answers(row, employee),
			**about,
		}
	)
	with kept.writing(doc):
		return doc.insert(ignore_permissions=True)


def _who_answers(row, employee: str) -> str | None:
	"""Give the question to the recruiter; nobody answers their own."""
	own_users = users_of(employee)
	candidates = [*people.recruiters(row.job_opening, row.company), *people.managers(row.company)]
	return next((user for user in candidates if user not in own_users), None)


def _own_referral(referral: str, employee: str):
	"""Lock the referral, so that the same question sent twice at once is asked once."""
	fields = ["name", "company", "job_opening"]
	own = {"name": referral, "referrer": ("in", records_of(employee))}
	row = frappe.db.get_value("Referral", own, fields, as_dict=True, for_update=True)
	return row or frappe.throw(_("We could not find that"), frappe.DoesNotExistError)


def _check_reward(reward: str | None, referral: str, employee: str) -> None:
	own = {"name": reward, "referral": referral, "employee": ("in", records_of(employee))}
	if reward and not frappe.db.exists("Referral Reward", own):
		frappe.throw(_("We could not find that"), frappe.DoesNotExistError)


def _own_question(question: str, employee: str) -> Document:
	if not frappe.db.exists("Referral Dispute", {"name": question, "employee": ("in", records_of(employee))}):
		frappe.throw(_("We could not find that"), frappe.DoesNotExistError)
	return frappe.get_doc("Referral Dispute", question, for_update=True)


def check_number(employee: str) -> None:
	asked = {"employee": ("in", records_of(employee)), "state": OPEN}
	if frappe.db.count("Referral Dispute", asked) >= MOST_OPEN:
		frappe.throw(
			_("You have {0} questions waiting for an answer. Please wait for those first.").format(MOST_OPEN),
			exc=TooManyQuestions,
		)


def checked(kind: str, words: str) -> str:
	text = (words or "").strip()
	if kind not in KINDS:
		frappe.throw(_("Please choose what your question is about."), exc=UnclearQuestion)
	if not text:
		frappe.throw(_("Please write your question."), exc=UnclearQuestion)
	if len(text) > LONGEST_QUESTION:
		frappe.throw(
			_("Please shorten your question to {0} characters.").format(LONGEST_QUESTION), exc=UnclearQuestion
		)
	return text
