"""What saving a plan or a template of goals refuses, and what a form can't write. Called by their controllers."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from referral_hub import kept, tokens
from referral_hub.paths.rules import goals as rules
from referral_hub.paths.rules.goals import Goal, State

PLAN, NOTE = "Onboarding Goal Plan", "Onboarding Goal Note"
MOST_GOALS = 20
# what only the app writes
_OURS = (
	"state",
	"proposed_on",
	"proposed_by",
	"agreed_on",
	"employee",
	"joined_on",
	"asked_month",
	"noted_in",
	"applicant_name",
)
_APPLICANT = "Job Applicant"


class InvalidGoals(frappe.ValidationError):
	"""Goals nobody could agree to."""


class PlanExists(frappe.ValidationError):
	"""Somebody has one plan at a time."""


def goals_of(document: Document) -> list[Goal]:
	return [
		Goal((row.goal or "").strip(), (row.measure or "").strip(), cint(row.months))
		for row in document.goals
	]


def check_goals(document: Document) -> None:
	"""Refuse what nobody could agree to: no goal, too many, one without words, the same twice, no month."""
	goals = goals_of(document)
	if not 0 < len(goals) <= MOST_GOALS:
		frappe.throw(_("Write 1 to {0} goals.").format(MOST_GOALS), InvalidGoals)
	words = [goal.words for goal in goals]
	if not all(words) or len(set(words)) < len(words):
		frappe.throw(_("Each goal needs words of its own."), InvalidGoals)
	if not all(1 <= goal.months <= rules.MOST_MONTHS for goal in goals):
		frappe.throw(
			_("Each goal is to be reached within 1 to {0} months.").format(rules.MOST_MONTHS), InvalidGoals
		)


def begin(plan: Document) -> None:
	"""Make a draft for somebody who applied and has no other plan that goes on."""
	applicant = frappe.db.get_value(
		_APPLICANT, plan.job_applicant, ["applicant_name"], as_dict=True, for_update=True
	)
	going_on = {"job_applicant": plan.job_applicant, "state": ("not in", [State.OVER, State.CANCELLED])}
	# past the snapshot: a second click has waited for the first
	if frappe.db.get_value(PLAN, going_on, "name", for_update=True):
		frappe.throw(_("{0} has a plan of goals already.").format(applicant.applicant_name), PlanExists)
	kept.leave_out(plan, _OURS)
	plan.update({"state": State.DRAFT, "applicant_name": applicant.applicant_name})
	for row in plan.goals:
		row.hrms_goal = None


def check(plan: Document) -> None:
	check_goals(plan)
	before = plan.get_doc_before_save()
	if not before or plan.flags.written_by_the_app:
		return
	kept.keep_stored(plan, _OURS)
	_keep_goals_in_hrms(plan, before)
	if rules.fingerprint(goals_of(plan)) == rules.fingerprint(goals_of(before)):
		return
	if State(before.state) in rules.FIXED:
		frappe.throw(_("These goals are under way or over: change the Goal in HRMS instead."), InvalidGoals)
	plan.state = rules.after_change(State(before.state))
	plan.agreed_on = None


def missing_now(written: Document, missing: list[tuple]) -> list[tuple]:
	"""Return which links lead nowhere and are new: those that are stored stay, whatever was deleted since.

	`missing` is what Frappe found of a plan, a template or one of their goals: field, name and words of each. It has emptied these fields.
	"""
	stored = _as_stored(written)
	lost = [one for one in missing if stored and stored.get(one[0]) == one[1]]
	for field, name, _words in lost:
		written.set(field, name)
	return [one for one in missing if one not in lost]


def forget(plan: Document) -> None:
	"""Delete what belongs to a plan; one that was agreed is cancelled instead."""
	if plan.agreed_on and not plan.flags.written_by_the_app:
		kept.refuse_deleting(plan, _("Cancel it: what was agreed can be read later."))
	frappe.db.delete(NOTE, {"plan": plan.name})
	tokens.forget(tokens.Subject(PLAN, plan.name))


def _keep_goals_in_hrms(plan: Document, before: Document) -> None:
	known = {row.name: row.hrms_goal for row in before.goals}
	for row in plan.goals:
		row.hrms_goal = known.get(row.name)


def _as_stored(written: Document) -> Document | None:
	if not written.get("parentfield"):
		return written.get_doc_before_save()
	before = written.parent_doc and written.parent_doc.get_doc_before_save()
	return next((row for row in before.goals if row.name == written.name), None) if before else None
