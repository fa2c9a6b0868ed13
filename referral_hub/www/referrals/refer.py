"""The form to refer somebody as a page of its own: for phones, and where there is no JavaScript."""

import frappe
from frappe import _

from referral_hub.portal import coaching, page
from referral_hub.portal.forms import refer_form


@page.for_employees
def get_context(context):
	form = refer_form.read(frappe.form_dict)
	answer = None
	if frappe.request.method == "POST":
		answer = refer_form.send(form, refer_form.read_resume(), context.employee.name)
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
	refer_form.prepare(context, form, opening, answer)
