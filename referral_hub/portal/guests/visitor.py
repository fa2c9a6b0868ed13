"""Who is looking at a guest's page, as far as that matters: a random number in a cookie, an address, a browser's name.

Nothing of it is stored; `referrals.sharing.visits` keeps a keyed hash. Used by the pages for guests and their API.
"""

import re
import secrets
from dataclasses import dataclass

import frappe

from referral_hub import limits
from referral_hub.referrals.sharing.visits import REMEMBERED_DAYS

VISITOR_COOKIE = "referral_hub_visitor"
LINK_COOKIE = "referral_hub_link"
SECONDS = REMEMBERED_DAYS * 24 * 3600
_NUMBER = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Visitor:
	cookie: str | None
	address: str
	user_agent: str


def current() -> Visitor:
	return Visitor(
		cookie=_known_number(),
		address=limits.address(),
		user_agent=frappe.get_request_header("User-Agent") or "",
	)


def remember(context, code: str) -> None:
	"""Let the browser keep the visitor's number, and which link they came by, for HRMS's own pages."""
	context.cookies[VISITOR_COOKIE] = (_known_number() or secrets.token_hex(16), SECONDS)
	context.cookies[LINK_COOKIE] = (code, SECONDS)


def _known_number() -> str | None:
	number = frappe.request.cookies.get(VISITOR_COOKIE) or ""
	return number if _NUMBER.fullmatch(number) else None
