"""Who hears what of a reminder: people and facts, for the flow to tell. Sends nothing itself."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import frappe
from frappe.utils import get_url_to_form, getdate

from referral_hub.people.workdays import read_calendar
from referral_hub.referrals.policy import settings
from referral_hub.referrals.rules import sla
from referral_hub.referrals.rules.sla import Step
from referral_hub.referrals.service_level import people
from referral_hub.referrals.showing import sentences
from referral_hub.wording import languages

LANGUAGES = ("en", "zh")


class Notice(NamedTuple):
	"""One message to one person, who is either an employee or a user of the desk."""

	event: str
	key: str
	referral: str
	facts: dict
	employee: str | None = None
	user: str | None = None
	company: str | None = None  # whose groups hear it; None: the referral's


def of(nudge) -> Iterator[Notice]:
	"""Yield who is to hear of this reminder."""
	if nudge.reference_doctype == "Referral":
		yield from _about_referral(nudge, frappe.get_doc("Referral", nudge.reference_name))
	elif nudge.reference_doctype == "Referral Dispute":
		yield from _about_question(nudge, frappe.get_doc("Referral Dispute", nudge.reference_name))


def _about_referral(nudge, referral) -> Iterator[Notice]:
	key = f"{referral.name}:{nudge.due_on}"
	due = getdate(nudge.due_on)
	facts = {"due_on": due, **in_each_language("stage", lambda: sentences.stage_name(referral.stage))}
	if nudge.step == Step.REFERRER:
		days = settings().sla_escalation_days or 0
		facts["next_word_on"] = sla.told_to_manager_on(due, days, read_calendar(referral.company))
		yield Notice("word_delayed", key, referral.name, facts, employee=referral.referrer)
		return
	event, users = _reminded(nudge.step, referral)
	facts["link"] = desk_path("Referral", referral.name)
	for user in users:
		yield Notice(event, key, referral.name, facts, user=user)


def _reminded(step: str, referral) -> tuple[str, list[str]]:
	if step == Step.MANAGER:
		return "word_still_overdue", people.managers(referral.company)
	return "word_overdue", people.recruiters(referral.job_opening, referral.company)


def _about_question(nudge, question) -> Iterator[Notice]:
	facts = {"due_on": getdate(nudge.due_on), "asked_by": question.employee_name}
	facts["link"] = desk_path(question.doctype, question.name)
	key = f"{question.name}:{nudge.due_on}:{nudge.step}"
	for user in _asked(nudge.step, question):
		event = "question_overdue" if question.referral else "refusal_overdue"
		yield Notice(event, key, question.referral, facts, user=user, company=question.company)


def _asked(step: str, question) -> list[str]:
	if step == Step.MANAGER:
		return people.managers(question.company)
	if question.assigned_to and frappe.db.get_value("User", question.assigned_to, "enabled"):
		return [question.assigned_to]
	opening = question.job_opening or frappe.db.get_value("Referral", question.referral, "job_opening")
	return people.recruiters(opening, question.company)


def desk_path(doctype: str, name: str) -> str:
	"""Return the path of a form in the desk, wherever this version of Frappe keeps it."""
	return urlsplit(get_url_to_form(doctype, name)).path


def in_each_language(fact: str, say) -> dict[str, str]:
	"""Return a fact whose words depend on the reader's language: {"stage": ..., "stage_zh": ...}."""
	said = {}
	for language in LANGUAGES:
		with languages.speaking(language):
			said[fact if language == "en" else f"{fact}_{language}"] = say()
	return said
