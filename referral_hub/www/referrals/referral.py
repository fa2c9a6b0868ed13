"""One referral: what happened, what is next, what I get and why. Another's looks like one that does not exist."""

import frappe
from frappe import _

from referral_hub.portal import page, story
from referral_hub.portal.forms import questions


@page.for_employees
def get_context(context):
	told = story.tell(frappe.form_dict.get("name"), context.employee.name)
	if not told:
		return page.not_found(context)
	context.update(
		told,
		questions=questions.lines(told.card.name, context.employee.name),
		sent=bool(frappe.form_dict.get("sent")),
		title=_("{0}, {1}", context="Referral Hub").format(told.card.candidate_name, told.card.name),
		section="mine",
		script="referral.js",
	)
