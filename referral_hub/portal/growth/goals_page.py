"""/goals/TOKEN: what are my first months about? For somebody who is about to join; without a login. Write about it, agree to it.

Whoever holds the link of their own page for candidates may use it here as well. Whoever proposed is told of every answer.
"""

from functools import partial

import frappe
from frappe import _

from referral_hub import limits
from referral_hub.paths.goals import links, plans
from referral_hub.paths.goals.editing import PLAN, goals_of
from referral_hub.paths.rules import goals as rules
from referral_hub.paths.rules.goals import State, Step
from referral_hub.portal import acting, page
from referral_hub.portal.guests import forms, own_page

# in an hour
CHANGES_PER_TOKEN = 30
_ROWS = {plans.CANDIDATE: lambda: _("You wrote"), plans.HR: lambda: _("Answer")}


def get_context(context):
	return own_page.answer(context, links.ROOM, links.opened_by, _prepare, _act, _show)


def _prepare(context, row) -> None:
	goals = goals_of(frappe.get_doc(PLAN, row.name))
	state = State(row.state)
	said = plans.said_of(row.name, (plans.COMMENT,))
	context.update(
		goals=[
			{"words": goal.words, "measure": goal.measure, "within": within(goal.months)} for goal in goals
		],
		seen=rules.fingerprint(goals),
		may_answer=rules.may(Step.ACCEPT, state),
		is_draft=state == State.DRAFT,
		is_agreed=bool(row.agreed_on),
		said=[
			{"by": _ROWS[each.said_by](), "on": each.said_on, "words": each.words}
			for each in said
			if each.words
		],
		longest=plans.LONGEST_WORDS,
		typed="",
		done={
			"said": _("Thank you. The people who wrote to you have it."),
			"agreed": _("Thank you. Agreed."),
		}.get(str(frappe.form_dict.get("done") or "")),
	)


def within(months: int) -> str:
	return _("in the first month") if months == 1 else _("within {0} months").format(months)


def _show(context, row, _step: str = "") -> None:
	context.template = "guests/goals.html"
	context.title = _("Your first months")


def _act(context, row):
	form = frappe.form_dict
	words = str(form.get("words") or "")[: plans.LONGEST_WORDS]
	if not limits.within("goals:change", row.name, CHANGES_PER_TOKEN):
		return _again(
			context, row, words, _("That was often in a short time. Please send it again in an hour."), 429
		)
	acts = {
		"said": partial(plans.comment, row.name, words),
		"agreed": partial(plans.accept, row.name, str(form.get("seen") or "")),
	}
	act = acts.get(str(form.get("action") or ""))
	if not act or not forms.is_ours(form.get("form_token"), row.name):
		return _again(context, row, words, _("Please send it once more."))
	try:
		acting.do(act)
	except (plans.NotNow, plans.ChangedMeanwhile) as refused:
		frappe.clear_messages()
		return _again(context, row, words, str(refused))
	return page.Redirect(f"{context.here}?done={form.get('action')}")


def _again(context, row, words: str, problem: str, status: int = 422) -> None:
	context.status = status
	context.update(problem=problem, typed=words)
	_show(context, row)
