"""Links over HTTP: a page tells that it was visited (guests); QR codes and posters as files (employees and HR).

Codes that do not work answer like those that do. Files belong to the employee whose link it is, and to HR of its company.
"""

import frappe
from frappe import _
from werkzeug.wrappers import Response

from referral_hub import limits
from referral_hub.permissions import employee_of
from referral_hub.portal import posters
from referral_hub.portal.guests import visitor
from referral_hub.referrals.rules.sharing.poster import A4, PAGES
from referral_hub.referrals.sharing import links, visits

VISITS_PER_ADDRESS, VISITS_PER_LINK = 3000, 6000
FILES_PER_USER = 300


@frappe.whitelist(allow_guest=True, methods=["POST"])
def visit(code: str = "") -> dict:
	"""Count whoever opened /r/CODE, once per visitor; called by that page's script. Always answers {}: 429 beyond the limit.

	Nothing about the visitor is kept but a keyed hash, for 30 days.
	"""
	if not limits.within("visit", limits.address(), VISITS_PER_ADDRESS):
		frappe.local.response.http_status_code = 429
		return {}
	link = links.open(code)
	if link and limits.within("visit:link", link.code, VISITS_PER_LINK):  # an address can be made up
		seen = visitor.current()
		visits.count(link, seen.cookie, seen.address, seen.user_agent)
	return {}


@frappe.whitelist(methods=["GET"])
def qr(link: str, file_type: str = "png", download: int = 0):
	"""Return the QR code of a link as PNG or SVG ("png", "svg"), for its owner and HR. 404 for anybody else's link."""
	return _file(posters.qr_file(_own(link), _type(file_type)), download)


@frappe.whitelist(methods=["GET"])
def poster(link: str, size: str = "a4", file_type: str = "png", theme: str = "", download: int = 1):
	"""Return the poster of a link: size "a4" or "phone", as "png" or "svg", for its owner and HR; 404 for anybody else's.

	`theme` is the row name of a poster theme that runs today. 417 with a sentence when no font of the server has the letters.
	"""
	return _file(
		posters.poster_file(_own(link), PAGES.get(size, A4), _type(file_type), theme or None), download
	)


def _own(name: str):
	"""Return the link when the caller may see it; the same answer for a foreign one and for none."""
	if not limits.within("files", frappe.session.user, FILES_PER_USER):
		frappe.throw(
			_("That were many files in a short time. Please wait an hour."), frappe.RateLimitExceededError
		)
	employee = employee_of()
	if employee and (mine := links.find_own(name, employee)):
		return mine
	if frappe.db.exists(links.DOCTYPE, name):
		found = frappe.get_doc(links.DOCTYPE, name)
		if found.has_permission("read"):
			return found
	frappe.throw(_("We could not find that"), frappe.DoesNotExistError)


def _type(asked: str) -> str:
	return "svg" if asked == "svg" else "png"


def _file(made: tuple[str, bytes, str], download) -> Response:
	name, content, kind = made
	shown = "attachment" if frappe.utils.cint(download) else "inline"
	headers = {
		"Content-Disposition": f'{shown}; filename="{name}"',
		"Cache-Control": "private, max-age=300",
		"X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
	}
	return Response(content, headers=headers, content_type=kind)
