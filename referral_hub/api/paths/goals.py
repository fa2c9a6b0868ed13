"""Goals agreed before joining, for the desk: from a Job Offer to a plan, its link, what is said of it, where it stands."""

import frappe
from frappe.utils import getdate

from referral_hub.paths.goals import links, plans, standing
from referral_hub.paths.goals.editing import PLAN
from referral_hub.permissions import HR_ROLES


@frappe.whitelist(methods=["POST"])
def make(offer: str) -> str:
	"""Make a draft for whom an offer is made, from the template of its designation; return the plan's name.

	:param offer: name of a Job Offer the caller may read. Raises NotNow without a template, PlanExists.
	"""
	frappe.only_for(tuple(HR_ROLES))
	document = frappe.get_doc("Job Offer", offer)
	document.check_permission("read")
	return plans.make(document)


@frappe.whitelist(methods=["POST"])
def propose(plan: str) -> str:
	"""Put the goals before the candidate; return the address of their page, which is shown once.

	:param plan: name of an Onboarding Goal Plan the caller may write. Raises NotNow.
	"""
	_check(plan, "write")
	plans.propose(plan)
	return links.make(plan)


@frappe.whitelist(methods=["POST"])
def answer(plan: str, words: str) -> None:
	"""Keep an answer to the candidate, who reads it on their page.

	:param words: plain text, at most 1,000 characters.
	"""
	_check(plan, "write")
	plans.answer(plan, words)


@frappe.whitelist(methods=["POST"])
def cancel(plan: str) -> None:
	"""End a plan; Goals in HRMS stay. Raises NotNow."""
	_check(plan, "write")
	plans.cancel(plan)


@frappe.whitelist(methods=["GET"])
def told(plan: str) -> dict:
	"""Return {"goals": [{words, goal, progress, expected, course, changes}], "said": [...]} of a plan the caller may read.

	`course` is reached, on course, behind, late, set aside or deleted; `changes` names words or day where HRMS's Goal differs from
	what was agreed. `said` is oldest first.
	"""
	document = _check(plan, "read")
	goals = standing.of_plan(document, getdate()) if document.employee else []
	return {"goals": [_plain(one) for one in goals], "said": plans.said_of(plan)}


def _plain(one: standing.Stands) -> dict:
	return {
		"words": one.goal.words,
		"goal": one.goal_in_hrms and one.goal_in_hrms.name,
		"progress": float(one.standing.progress),
		"expected": one.standing.expected,
		"course": one.standing.course.value,
		"changes": [change.value for change in one.standing.changes],
	}


def _check(plan: str, ptype: str):
	frappe.only_for(tuple(HR_ROLES))
	document = frappe.get_doc(PLAN, plan)
	document.check_permission(ptype)
	return document
