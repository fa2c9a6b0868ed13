"""Share: my link, its QR code and poster, and invitations, for one opening or for all; what came of them; switch off."""

import frappe
from frappe import _

from referral_hub.portal import coaching, page
from referral_hub.portal.forms import share_form
from referral_hub.referrals.showing import catalogue


@page.for_employees
def get_context(context):
	opening = catalogue.find(frappe.form_dict.get("opening"))
	if frappe.form_dict.get("opening") and not opening and frappe.request.method != "POST":
		return page.not_found(context)
	answer = share_form.Answer()
	if frappe.request.method == "POST":
		answer = share_form.act(frappe.form_dict, opening, context.employee)
		if answer.address:
			return page.Redirect(answer.address)
		context.status = 422
	context.update(title=_("Share", context="Referral Hub"), section="openings", script="share.js")
	context.template = "sharing/share.html"
	context.advice = coaching.for_opening(opening.name if opening else None)
	share_form.prepare(context, opening, answer)
