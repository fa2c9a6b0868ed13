"""Prize draws: what can be won, how many tickets I have, who won; the proof as a file."""

import frappe
from frappe import _

from referral_hub.portal import page
from referral_hub.portal.points import draws


@page.for_employees
def get_context(context):
	if asked := frappe.form_dict.get("proof"):
		return draws.proof(asked, context.employee) or page.not_found(context)
	context.update(title=_("Prize draw"), section="wallet", draws=draws.draws(context.employee))
	return None
