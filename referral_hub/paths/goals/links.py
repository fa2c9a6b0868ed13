"""The candidate's way to their goals: a signed link of its own, or the link of their page where they were referred.

Nothing is shown before HR has proposed it, and nothing of a plan that was cancelled. Called by the desk's API and the page.
"""

import frappe
from frappe.utils import cint, get_url

from referral_hub import tokens
from referral_hub.paths.goals.editing import PLAN
from referral_hub.paths.rules.goals import State
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.tokens import Subject

ROOM = "goals"
_HIDDEN = (State.CANCELLED, State.OVER)


def make(plan: str) -> str:
	"""Return the address of a new link; those made before go on working until they end."""
	days = cint(frappe.get_cached_doc("Referral Hub Settings").path_link_days) or 30
	return get_url(f"/{ROOM}/{tokens.issue(Purpose.GOALS, PLAN, plan, days)}")


def opened_by(token: object) -> frappe._dict | None:
	"""Return the plan a link opens; None for every link that opens nothing."""
	subject = tokens.read(Purpose.GOALS, token)
	if subject and subject.doctype == PLAN:
		return _shown({"name": subject.name})
	referred = tokens.read(Purpose.CANDIDATE, token)
	if referred and referred.doctype == "Referral":
		return of_applicant(frappe.db.get_value("Referral", referred.name, "job_applicant"))
	return None


def of_applicant(applicant: str | None) -> frappe._dict | None:
	"""Return the plan that somebody who applied may see."""
	return _shown({"job_applicant": applicant}) if applicant else None


def forget(applicants: set[str]) -> None:
	"""Close the links of these people and forget what was said; what was agreed stays without them."""
	for plan in plans_of(applicants):
		tokens.forget(Subject(PLAN, plan))
		frappe.db.set_value("Onboarding Goal Note", {"plan": plan}, "words", None)


def plans_of(applicants: set[str]) -> list[str]:
	return (
		frappe.get_all(PLAN, {"job_applicant": ("in", sorted(applicants))}, pluck="name")
		if applicants
		else []
	)


def _shown(where: dict) -> frappe._dict | None:
	fields = [
		"name",
		"job_applicant",
		"applicant_name",
		"designation",
		"company",
		"state",
		"proposed_on",
		"agreed_on",
	]
	where = where | {"state": ("not in", _HIDDEN), "proposed_on": ("is", "set")}
	return frappe.db.get_value(PLAN, where, fields, as_dict=True)
