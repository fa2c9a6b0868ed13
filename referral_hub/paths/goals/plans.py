"""A plan is made from a template, proposed, talked about with the candidate, and agreed: to the very goals they saw.

Nothing is sent here: HR hands on the link. Whoever proposed is told of every answer. Called by the desk's API and the candidate's page.
"""

from dataclasses import asdict

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import enqueue_create_notification
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub import kept
from referral_hub.paths.goals.editing import NOTE, PLAN, goals_of
from referral_hub.paths.rules import goals as rules
from referral_hub.paths.rules.goals import State, Step

TEMPLATE = "Onboarding Goal Template"
CANDIDATE, NEWCOMER, MANAGER, HR = "Candidate", "Newcomer", "Manager", "HR"
COMMENT, AGREEMENT, CHECK_IN, EXPLANATION = "Comment", "Agreement", "Check-in", "Explanation"
LONGEST_WORDS = 1000


class NotNow(frappe.ValidationError):
	"""The plan has gone on meanwhile."""


class ChangedMeanwhile(frappe.ValidationError):
	"""Nobody agrees to goals they have not seen."""


def template_for(designation: str, company: str) -> str | None:
	"""Return the template of a designation: the company's own before one for all."""
	rows = frappe.get_all(
		TEMPLATE, {"designation": designation, "enabled": 1}, ["name", "company"], order_by="modified desc"
	)
	fitting = [row for row in rows if not row.company or row.company == company]
	return next((row.name for row in sorted(fitting, key=lambda row: not row.company)), None)


def make(offer: Document) -> str:
	"""Make a draft for whom an offer is made, from the template of its designation."""
	template = template_for(offer.designation, offer.company)
	if not template:
		frappe.throw(_("There is no template of goals for {0}.").format(_(offer.designation)), NotNow)
	plan = frappe.new_doc(PLAN)
	plan.update({field: offer.get(field) for field in ("job_applicant", "designation", "company")})
	plan.update({"job_offer": offer.name, "template": template})
	for row in frappe.get_cached_doc(TEMPLATE, template).goals:
		plan.append("goals", {field: row.get(field) for field in ("goal", "months", "kra", "measure")})
	return plan.insert().name


def propose(name: str) -> None:
	"""Put the goals before the candidate as they stand now."""
	plan = lock(name, Step.PROPOSE)
	write(plan, state=State.PROPOSED, proposed_on=now_datetime(), proposed_by=frappe.session.user)


def comment(name: str, words: str) -> None:
	"""Keep what the candidate says of the goals; empty words are nothing."""
	plan = lock(name, Step.COMMENT)
	if words.strip():
		write(plan, state=State.COMMENTED)
		note(plan, CANDIDATE, COMMENT, words)
		_tell_hr(plan, _("The candidate has written about their first goals."))


def answer(name: str, words: str) -> None:
	"""Keep what HR answers; the candidate reads it on their page."""
	plan = frappe.get_doc(PLAN, name, for_update=True)
	if words.strip():
		note(plan, HR, COMMENT, words)


def accept(name: str, seen: str) -> None:
	"""Keep that the candidate agrees to what they saw; agreeing twice is once."""
	plan = frappe.get_doc(PLAN, name, for_update=True)
	if plan.state == State.AGREED:
		return
	_check(plan, Step.ACCEPT)
	if rules.fingerprint(goals_of(plan)) != seen:
		frappe.throw(_("The goals were changed meanwhile. Please read them again."), ChangedMeanwhile)
	write(plan, state=State.AGREED, agreed_on=now_datetime())
	note(plan, CANDIDATE, AGREEMENT, "\n".join(f"{row.goal} ({row.months})" for row in plan.goals))
	_tell_hr(plan, _("The candidate agrees to their first goals."))


def cancel(name: str) -> None:
	"""End a plan; Goals that HRMS has by now stay as they are there."""
	write(lock(name, Step.CANCEL), state=State.CANCELLED)


def lock(name: str, step: Step) -> Document:
	"""Return a plan for one step; the caller's transaction holds it. Raises NotNow."""
	plan = frappe.get_doc(PLAN, name, for_update=True)
	_check(plan, step)
	return plan


def write(plan: Document, **values) -> None:
	"""Save a plan for the app. A goal, a template or an offer that it names may be gone, or younger than what this transaction sees."""
	plan.flags.ignore_links = True
	with kept.writing(plan):
		plan.update(values)
		plan.save(ignore_permissions=True)


def note(plan: Document, said_by: str, kind: str, words: str, about: str = "") -> None:
	"""Keep what somebody said."""
	said = frappe.new_doc(NOTE)
	said.update({"plan": plan.name, "job_applicant": plan.job_applicant, "company": plan.company})
	said.update({"said_by": said_by, "kind": kind, "about": about, "words": words.strip()[:LONGEST_WORDS]})
	said.update({"said_on": now_datetime(), "by_user": frappe.session.user})
	with kept.writing(said):
		said.insert(ignore_permissions=True)


def explain_change(goal: str, said_by: str, words: str) -> None:
	"""Keep with its plan why a Goal of HRMS was changed; a Goal that no plan made has none."""
	row = frappe.db.get_value("Onboarding Goal", {"hrms_goal": goal}, ["parent", "goal"], as_dict=True)
	if row:
		note(frappe.get_doc(PLAN, row.parent), said_by, EXPLANATION, words, row.goal)


def said_of(plan: str, kinds: tuple[str, ...] = ()) -> list[frappe._dict]:
	"""Return what was said, oldest first."""
	where = {"plan": plan} | ({"kind": ("in", kinds)} if kinds else {})
	fields = ["said_by", "kind", "about", "said_on", "words", "by_user"]
	return frappe.get_all(NOTE, where, fields, order_by="said_on asc, creation asc")


def told_of(name: str) -> dict:
	"""Return what a candidate may have of their plan, as plain values: the goals, and what they and HR wrote to each other."""
	plan = frappe.get_doc(PLAN, name)
	return {
		"goals": [asdict(goal) for goal in goals_of(plan)],
		"agreed_on": str(plan.agreed_on)[:19] if plan.agreed_on else None,
		"said": [
			{"by": each.said_by, "on": str(each.said_on)[:19], "words": each.words}
			for each in said_of(name, (COMMENT,))
		],
	}


def _check(plan: Document, step: Step) -> None:
	if not rules.may(step, State(plan.state)):
		frappe.throw(_("This plan is {0} by now.").format(_(plan.state, context=PLAN)), NotNow)


def _tell_hr(plan: Document, subject: str) -> None:
	about = {"document_type": PLAN, "document_name": plan.name, "type": "Alert", "subject": subject}
	enqueue_create_notification([plan.proposed_by], about)
