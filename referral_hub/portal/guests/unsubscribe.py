"""The page behind the link in our e-mails: one button, no login. Mail programs post to it themselves (RFC 8058).

Any link we did not sign gets the same answer, and costs no query: so nothing here needs a limit on how often it is asked.
"""

import frappe
from frappe import _

from referral_hub.messages import unsubscribing
from referral_hub.portal import page


def get_context(context):
	message = unsubscribing.read(context.token)
	if not message:
		return page.not_found(context)
	if frappe.request.method == "POST":
		act = unsubscribing.resume if frappe.form_dict.get("action") == "resume" else unsubscribing.stop
		act(message)
	context.update(
		template="unsubscribe.html",
		title=_("Weekly message about your contacts")
		if unsubscribing.is_alone(message)
		else _("E-mails about referrals"),
		stopped=unsubscribing.is_stopped(message),
		is_employee=bool(message.recipient),
		is_alone=unsubscribing.is_alone(message),
		address=frappe.request.path,
	)
