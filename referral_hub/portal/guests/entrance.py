"""The door of every page for guests: how often, with which link, and the two pages of those who don't get in.

A link that is expired, switched off, revoked, misspelled or made up gets one and the same page. Called by the pages beside it.
"""

from collections.abc import Callable

import frappe
from frappe import _

from referral_hub import limits
from referral_hub.portal.guests import languages

# in an hour
PER_ADDRESS, PER_TOKEN = 3000, 600


def open_by_token(
	context, room: str, opened_by: Callable[[object], frappe._dict | None]
) -> frappe._dict | None:
	"""Return what the signed link opens; None when the page that says no is prepared instead."""
	if not within_address(context, room):
		return None
	subject = opened_by(context.token)
	if not subject:
		return gone(context)
	if not limits.within(f"{room}:token", subject.name, PER_TOKEN):
		return too_many(context)
	return subject


def within_address(context, room: str) -> bool:
	"""Say whether this address may come in once more; else prepare the page that asks to wait."""
	if limits.within(f"{room}:address", limits.address(), PER_ADDRESS):
		return True
	too_many(context)
	return False


def gone(context) -> None:
	"""The one page for a link that is expired, switched off, revoked, misspelled or made up."""
	context.status = 404
	languages.offer(context, "")
	context.template = "guests/gone.html"
	context.title = _("This link does not work any more")


def too_many(context) -> None:
	context.status = 429
	languages.offer(context, "")
	context.template = "guests/gone.html"
	context.title = _("Too many visits at once")
