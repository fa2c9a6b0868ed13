"""Choose among the options of one of my rewards: the form on the referral's page sends here; works without JavaScript."""

import frappe

from referral_hub.portal import page, story
from referral_hub.rewards import service as rewards


@page.for_employees
def get_context(context):
	form = frappe.form_dict
	told = story.tell(form.get("referral"), context.employee.name)
	if not told or not told.choice:
		return page.not_found(context)
	if frappe.request.method == "POST":
		try:
			rewards.choose(told.card.name, form.get("option") or "")
		except frappe.ValidationError:
			frappe.clear_messages()  # the page it comes back to says what can be chosen, and what is fixed
	return page.Redirect(page.address_of(told.card.name) + "#reward-title")
