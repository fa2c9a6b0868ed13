"""What I hear, by which way, and when: a form that works without JavaScript."""

import frappe

from referral_hub.portal import page
from referral_hub.portal.forms import settings_form


@page.for_employees
def get_context(context):
	if frappe.request.method == "POST":
		return settings_form.send(context)
	settings_form.prepare(context)
	return None
