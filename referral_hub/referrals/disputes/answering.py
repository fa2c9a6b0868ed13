"""HR answers a question: what the employee reads, and what was done about it.

Called by the form of Referral Dispute, which checks that HR does it. Credit moves by `moving`, which keeps it for good.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub.people import employments
from referral_hub.permissions import employee_of, is_hr
from referral_hub.referrals import service
from referral_hub.referrals.disputes.asking import ANSWERED, CLOSED, OPEN, save

EXPLAINED, CORRECTED, CREDIT_MOVED, NOTHING = "Explained", "Corrected", "Credit moved", "Nothing to change"
RESOLUTIONS = (EXPLAINED, CORRECTED, CREDIT_MOVED, NOTHING)
LONGEST_ANSWER = 2000


class NotAnswerable(frappe.ValidationError):
	"""The question is answered or closed, the answer is empty, or it is one's own question."""


def answer(question: str, words: str, resolution: str, credit_to: str | None = None) -> Document:
	"""Answer an open question; with "Credit moved" the referral becomes `credit_to`'s, by the rules of that."""
	doc = frappe.get_doc("Referral Dispute", question, for_update=True)
	text = _checked(doc, words, resolution)
	if resolution == CREDIT_MOVED:
		_move_credit(doc, credit_to)
	doc.update(
		{
			"state": ANSWERED,
			"answer": text,
			"resolution": resolution,
			"answered_on": now_datetime(),
			"answered_by": frappe.session.user,
		}
	)
	return save(doc)


def hand_to(question: str, user: str) -> Document:
	"""Give an open question to another user of HR: nobody else could open it, and nobody answers their own."""
	doc = frappe.get_doc("Referral Dispute", question, for_update=True)
	if not may_take(doc, user):
		words = _(
			"{0} can't answer this question. Please choose a colleague with the role HR User or HR Manager."
		)
		frappe.throw(words.format(frappe.bold(frappe.utils.get_fullname(user))), exc=NotAnswerable)
	if doc.state == OPEN:
		doc.assigned_to = user
		save(doc)
	return doc


def may_take(doc: Document, user: str) -> bool:
	"""Say whether this user of HR can open a question, of which others may be kept from them, and has not asked it."""
	if not is_hr(user) or _has_asked(doc, user):
		return False
	return bool(frappe.has_permission(doc.doctype, "read", doc, user=user))


def _has_asked(doc: Document, user: str) -> bool:
	employee = employee_of(user)
	return bool(employee) and employments.are_one(employee, doc.employee)


def close(question: str) -> Document:
	"""Close an answered question that the employee has left."""
	doc = frappe.get_doc("Referral Dispute", question, for_update=True)
	if doc.state == OPEN:
		frappe.throw(_("Please answer the question before you close it."), exc=NotAnswerable)
	doc.update({"state": CLOSED, "closed_on": doc.closed_on or now_datetime()})
	return save(doc)


def _move_credit(doc: Document, credit_to: str | None) -> None:
	if not credit_to:
		frappe.throw(_("Please choose who is credited now."), exc=NotAnswerable)
	service.move_credit(_credited(doc), credit_to, _("Question {0}").format(doc.name))


def _credited(doc: Document) -> str:
	"""Return the referral whose credit moves: the one asked about, or the one that stood in the way of a refused one."""
	referral = doc.referral or doc.standing_referral
	if not referral or not frappe.has_permission("Referral", "read", referral):
		frappe.throw(_("There is no referral whose credit could move."), exc=NotAnswerable)
	return referral


def _checked(doc: Document, words: str, resolution: str) -> str:
	text = (words or "").strip()
	if doc.state != OPEN:
		frappe.throw(_("This question was answered already."), exc=NotAnswerable)
	if resolution not in RESOLUTIONS:
		frappe.throw(_("Please choose what was done about the question."), exc=NotAnswerable)
	if not text:
		frappe.throw(_("Please write an answer for the employee."), exc=NotAnswerable)
	if len(text) > LONGEST_ANSWER:
		frappe.throw(_("Please shorten this to {0} characters.").format(LONGEST_ANSWER), exc=NotAnswerable)
	if _has_asked(doc, frappe.session.user):
		frappe.throw(
			_("Nobody answers their own question. Please hand it to a colleague."), exc=NotAnswerable
		)
	return text
