"""Ask HR about one of my referrals: what the page knows already stands first, then one click opens the question."""

import frappe
from frappe import _

from referral_hub.portal import page
from referral_hub.portal.forms import asked_form, questions
from referral_hub.referrals.disputes import asking


@page.for_employees
def get_context(context):
	form = frappe.form_dict
	if form.get("refusal"):
		return asked_form.get_context(context)
	told = questions.told_of(form.get("referral"), context.employee.name)
	if not told:
		return page.not_found(context)
	answers = questions.known_answers(told)
	context.update(
		card=told.card,
		answers=answers,
		kinds=questions.kinds(),
		chosen=form.get("kind") or "",
		typed=form.get("question") or "",
		title=_("Ask about {0}").format(told.card.candidate_name),
		section="mine",
		template="questions/ask.html",
		problem="",
	)
	if frappe.request.method == "POST":
		return _send(context, told.card.name, questions.summary(answers))
	return None


def _send(context, referral: str, known: str) -> page.Redirect | None:
	"""Do what the button says; a refusal keeps what was typed."""
	form, employee = frappe.form_dict, context.employee.name
	try:
		if form.get("settled"):
			asking.settled(form.get("settled"), employee)
		elif form.get("again"):
			asking.not_settled(form.get("again"), employee, context.typed)
		else:
			asking.ask(employee, referral, context.chosen, context.typed, known=known)
	except frappe.DoesNotExistError:
		frappe.clear_messages()
		return page.not_found(context)
	except frappe.ValidationError as refusal:
		frappe.clear_messages()
		context.update(problem=str(refusal), status=422)
		return None
	return page.Redirect(page.address_of(referral) + "#questions")
