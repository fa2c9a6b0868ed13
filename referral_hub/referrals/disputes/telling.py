"""Who hears what when a question is asked, asked again or answered: for the flow to tell. Sends nothing itself."""

from collections.abc import Iterator

import frappe
from frappe.utils import getdate

from referral_hub.messages.service import OWN_REFERRALS
from referral_hub.referrals.disputes.asking import ANSWERED, OPEN
from referral_hub.referrals.disputes.refused import KIND as REFUSED
from referral_hub.referrals.service_level.notices import Notice, desk_path


def of(question) -> Iterator[Notice]:
	"""Yield who is to hear of what just happened to this question."""
	before = question.get_doc_before_save()
	if before and before.state == question.state and before.assigned_to == question.assigned_to:
		return
	again = ":again" if question.not_settled else ""
	if question.state == OPEN and question.assigned_to:
		key = f"{question.name}:{question.assigned_to}{again}"
		event = "refusal_questioned" if question.kind == REFUSED else "question_asked"
		yield Notice(event, key, question.referral, _for_hr(question), user=question.assigned_to)
	if question.state == ANSWERED:
		facts = {"question": question.not_settled_words or question.question, "answer": question.answer}
		if question.kind == REFUSED:
			facts["link"] = f"/referrals/ask?refusal={question.name}"
		elif not _is_still_theirs(question):
			facts["link"] = OWN_REFERRALS
		key = f"{question.name}{again}"
		event = "refusal_answered" if question.kind == REFUSED else "question_answered"
		yield Notice(event, key, question.referral, facts, employee=question.employee)


def _for_hr(question) -> dict:
	return {
		"asked_by": question.employee_name,
		"question": question.not_settled_words or question.question,
		"due_on": question.due_on and getdate(question.due_on),
		"link": desk_path(question.doctype, question.name),
	}


def _is_still_theirs(question) -> bool:
	"""Say whether the referral's page opens for who asked: the answer may have moved the credit to a colleague."""
	return frappe.db.get_value("Referral", question.referral, "referrer") == question.employee
