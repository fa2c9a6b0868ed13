"""The door of every page for guests: how often, with which link, and the two pages of those who don't get in.

A link that is expired, switched off, revoked, misspelled or made up gets one and the same page. Called by the pages beside it, and by the
guests' part of the API, whose requests count as visits of the page.
"""

from collections.abc import Callable

import frappe
from frappe import _

from referral_hub import limits
from referral_hub.portal.guests import languages

# in an hour
PER_ADDRESS, PER_TOKEN = 3000, 600


class TooOften(frappe.TooManyRequestsError):
	"""This address, or this link, comes in too often."""


def open_by_token(
	context, room: str, opened_by: Callable[[object], frappe._dict | None]
) -> frappe._dict | None:
	"""Return what the signed link opens; None when the page that says no is prepared instead."""
	try:
		return let_in(room, opened_by, context.token) or gone(context)
	except TooOften:
		return too_many(context)


def let_in(
	room: str, opened_by: Callable[[object], frappe._dict | None], token: object
) -> frappe._dict | None:
	"""Count a visit and return what the signed link opens, None for every link that opens nothing. Raises TooOften."""
	if not _is_within_address(room):
		raise TooOften(_("Too many visits at once"))
	subject = opened_by(token)
	if subject and not limits.within(f"{room}:token", subject.name, PER_TOKEN):
		raise TooOften(_("Too many visits at once"))
	return subject


def within_address(context, room: str) -> bool:
	"""Say whether this address may come in once more; else prepare the page that asks to wait."""
	if _is_within_address(room):
		return True
	too_many(context)
	return False


def _is_within_address(room: str) -> bool:
	return limits.within(f"{room}:address", limits.address(), PER_ADDRESS)


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
