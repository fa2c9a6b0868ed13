"""Ties to an opening that appear after somebody was referred for it: HR named the referrer its manager, recruiter, interviewer.

The ruling stays that of the day of the referral: the promise was made. HR gets a flag and a task, once for each case, and
decides. Called by a job once a profile is saved, and by the daily one for what came about otherwise.
"""

import frappe
from frappe import _

from referral_hub.background import start_after_commit
from referral_hub.referrals import policy
from referral_hub.referrals.consent import office
from referral_hub.referrals.programs import ties
from referral_hub.referrals.rules.deciding.cases import Case, Ruling
from referral_hub.referrals.rules.deciding.signals import LATE_TIE
from referral_hub.referrals.rules.outcomes import Outcome

WATCHED = (Case.HIRING_MANAGER, Case.INTERVIEWER, Case.RECRUITER)
_STILL_MATTERS = (Outcome.OPEN.value, Outcome.HIRED.value)


def profile_saved(profile) -> None:
	"""Look once this is committed, where HR has just named somebody."""
	if any(profile.get(name) and profile.has_value_changed(name) for name in ("hiring_manager", "recruiter")):
		start_after_commit("referral_hub.tasks.look_for_ties", opening=profile.job_opening)


def tied(opening: str | None = None) -> list[str]:
	"""Return the referrals, of this opening or of all, whose referrer has a part in hiring for it by now."""
	of_one = "and referral.job_opening = %(opening)s" if opening else ""
	rows = frappe.db.sql(
		" union ".join(query.format(of_one=of_one) for query in _PARTS),
		{"opening": opening, "outcomes": _STILL_MATTERS},
	)
	return sorted(name for (name,) in rows)


def show(referral: str) -> bool:
	"""Show HR what ties the referrer to the opening since; say whether there was anything new."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	if row.erased_on or row.outcome not in _STILL_MATTERS:
		return False
	known = _known(row)
	found = [case for case in _cases_now(row) if case not in known]
	advice = _("The ruling stays that of the day of the referral: hold or void its rewards if it should not.")
	for case in found:
		office.show(row, LATE_TIE, {"case": case.value}, advice)
	return bool(found)


def _cases_now(row) -> list[Case]:
	fields = ("name", "designation", "department")
	opening = frappe._dict(zip(fields, (row.job_opening, row.designation, row.department), strict=True))
	ruling = ties.ruling_of(ties.standing_of(row.referrer).to(opening), policy.for_program(row.program))
	return _worth_a_look(ruling)


def _worth_a_look(ruling: Ruling) -> list[Case]:
	"""Return the watched cases the program does not simply allow."""
	return [
		case
		for case, treatment in ruling.held
		if case in WATCHED and (treatment.flag_to_hr or not treatment.may_be_paid or not treatment.may_refer)
	]


def _known(row) -> set[str]:
	"""Return the cases that were ruled on, and those HR was shown since; where nothing was ruled there is nothing new."""
	decided = frappe.parse_json(row.decision or "{}").get("cases")
	if decided is None:
		return set(WATCHED)
	flags = frappe.parse_json(row.flags_data or "[]")
	shown = [flag["facts"]["case"] for flag in flags if flag["code"] == LATE_TIE]
	return {each["case"] for each in decided} | set(shown)


_PARTS = (
	"""select referral.name from `tabOpening Profile` profile
		join `tabReferral` referral
			on referral.job_opening = profile.job_opening and referral.referrer = profile.hiring_manager
		where referral.outcome in %(outcomes)s {of_one}""",
	"""select referral.name from `tabOpening Profile` profile
		join `tabEmployee` employee on employee.user_id = profile.recruiter
		join `tabReferral` referral
			on referral.job_opening = profile.job_opening and referral.referrer = employee.name
		where referral.outcome in %(outcomes)s {of_one}""",
	"""select referral.name from `tabInterview Detail` detail
		join `tabInterview` interview on interview.name = detail.parent and interview.docstatus != 2
		join `tabEmployee` employee on employee.user_id = detail.interviewer
		join `tabReferral` referral
			on referral.job_opening = interview.job_opening and referral.referrer = employee.name
		where referral.outcome in %(outcomes)s {of_one}""",
	"""select referral.name from `tabInterviewer` person
		join `tabInterview Round` step on step.name = person.parent and person.parenttype = 'Interview Round'
		join `tabEmployee` employee on employee.user_id = person.user
		join `tabReferral` referral
			on referral.designation = step.designation and referral.referrer = employee.name
		where referral.outcome in %(outcomes)s {of_one}""",
)
