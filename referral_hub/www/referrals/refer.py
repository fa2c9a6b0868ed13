"""The form to refer somebody as a page of its own: for phones, and where there is no JavaScript."""

import frappe
from frappe import _

from referral_hub.portal import coaching, page
from referral_hub.portal.contacts import prefilling
from referral_hub.portal.forms import refer_form
from referral_hub.referrals.assessing import requirements


@page.for_employees
def get_context(context):
	form = prefilling.of_contact(refer_form.read(frappe.form_dict), context.employee.name)
	answer = None
	if frappe.request.method == "POST":
		answer = _send(form, context.employee.name)
		if answer.question:
			return page.Redirect(f"/referrals/ask?refusal={answer.question}")
		if answer.referral:
			return page.Redirect(page.address_of(answer.referral) + "?sent=1")
	else:
		form.submission_key = ""
	opening = refer_form.find_opening(form.opening, context.employee.name)
	if form.opening and not opening and not answer:
		return page.not_found(context)
	context.update(
		offer=opening.offer if opening else None,
		title=_("Refer someone"),
		section="openings",
		advice=coaching.for_opening(opening.name if opening else None),
		script="refer.js",
	)
	context.status = 422 if answer else 200
	refer_form.prepare(context, form, opening, answer, requirements.shown(opening))


def _send(form, employee: str) -> refer_form.Answer:
	resume = refer_form.read_resume()
	if frappe.form_dict.get("ask"):
		return refer_form.ask(form, resume, employee, str(frappe.form_dict.get("question") or ""))
	return refer_form.send(form, resume, employee)
