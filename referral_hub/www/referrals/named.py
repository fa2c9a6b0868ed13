"""An applicant named me: yes, with how I know them, or no. Works without JavaScript."""

import frappe

from referral_hub.portal import page
from referral_hub.portal.forms import named_form


@page.for_employees
def get_context(context):
	if frappe.request.method == "POST":
		return named_form.send(context)
	return named_form.prepare(context)
