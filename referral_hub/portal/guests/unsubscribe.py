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
	title, why = _about(message)
	context.update(
		template="unsubscribe.html",
		title=title,
		why=why,
		stopped=unsubscribing.is_stopped(message),
		is_employee=bool(message.recipient),
		is_alone=unsubscribing.is_alone(message),
		address=frappe.request.path,
	)


def _about(message) -> tuple[str, str]:
	"""Return which messages the link stops, and why they come."""
	if not unsubscribing.is_alone(message):
		return _("E-mails about referrals"), _("You get these e-mails because of a referral at this company.")
	if message.event == "board_told":
		return _("Who refers best, by message"), _(
			"We say how the leaderboard stands and where you are on it."
		)
	if message.event == "announcement":
		return _("News about referring, by message"), _(
			"HR announces something about referring people. It stands on the portal in any case."
		)
	title = _("Weekly message about your contacts")
	return title, _("Once a week we say how many of the people you know may fit an open position.")
