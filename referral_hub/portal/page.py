"""What every portal page starts from: who is looking, the brand, the navigation; and how a page says no.

Called by portal/renderer.py before any page module, so that no page loads a document for a stranger.
"""

import re
from dataclasses import asdict, dataclass
from urllib.parse import quote, urlencode

import frappe
from frappe import _
from frappe.utils import getdate

from referral_hub.announcing.club import members
from referral_hub.api.channels import sign_in
from referral_hub.messages.channels import wecom_sign_in
from referral_hub.messages.rules.protocols.wecom_sign_in import is_inside
from referral_hub.permissions import employee_of
from referral_hub.portal import words
from referral_hub.recognition import boards
from referral_hub.recognition.thanks import wall
from referral_hub.referrals.rules.sharing import colours

COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
FONT = re.compile(r"[\w .-]{1,60}")
# halves of a character, which no database and no answer can carry, and controls no keyboard types
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Redirect:
	to: str
	status: int = 303


@dataclass(frozen=True)
class Download:
	"""A file to keep; the name is ours, in ASCII."""

	filename: str
	content: str | bytes
	mimetype: str = "application/json"


@dataclass(frozen=True)
class Part:
	"""What browsers read to keep the portal as an app: for everybody, and nothing in it is anybody's."""

	content: str
	mimetype: str
	headers: dict[str, str]


@dataclass(frozen=True)
class Shown:
	"""A picture or a voice that a page shows; a browser may ask for a part of it."""

	content: bytes
	mimetype: str


def new_context(path: str) -> frappe._dict:
	return frappe._dict(
		path=path,
		status=200,
		template=None,
		lang=frappe.local.lang or "en",
		gap=words.gap(),
		brand=brand(),
		section=path.removeprefix("referrals").strip("/").split("/")[0],
		title=_("Referrals"),
		description=_("Refer people you know, follow them, and see what you get."),
		employee=None,
		today=getdate(),
		script=None,
		nonce=frappe.generate_hash(length=16),
		navigation=navigation(),
		guest=False,
		other_languages=(),
		csrf_token="",
		has_wall=False,
		has_club=False,
		has_leaderboard=False,
		headers={},
		cookies={},
		preview=None,
	)


def readable(form: dict) -> frappe._dict:
	"""Return what a browser sent without what can be neither stored nor shown: a JSON body may carry anything."""
	return frappe._dict(
		{
			name: _UNREADABLE.sub("", value) if isinstance(value, str) else value
			for name, value in form.items()
		}
	)


def enter(context: frappe._dict) -> Redirect | None:
	"""Let the active employee in; send a guest to the login page, tell anybody else what to do."""
	if frappe.session.user == "Guest":
		return Redirect(_way_in(frappe.request.full_path.rstrip("?")), 302)
	context.employee = load_employee()
	if context.employee:
		context.csrf_token = frappe.sessions.get_csrf_token()
		context.has_wall, context.has_leaderboard = wall.is_on(), boards.are_on()
		context.has_club = members.is_on()
	return None


def _way_in(wanted: str) -> str:
	"""Return where a guest signs in: in WeCom's own browser by WeCom, where that is set up."""
	agent = frappe.request.headers.get("User-Agent")
	if is_inside(agent) and wecom_sign_in.way_in():
		return f"{sign_in.BEGIN}?{urlencode({'to': wanted})}"
	return "/login?" + urlencode({"redirect-to": wanted})


def csrf_token_of_session() -> str:
	"""Return what a form must carry when whoever opened a guest's page is signed in; guests have no session to protect."""
	return "" if frappe.session.user == "Guest" else frappe.sessions.get_csrf_token()


def load_employee() -> frappe._dict | None:
	name = employee_of(frappe.session.user)
	if not name:
		return None
	fields = ["name", "employee_name", "first_name", "company", "department", "designation"]
	return frappe.db.get_value("Employee", name, fields, as_dict=True)


def for_employees(get_context):
	"""Wrap a page so that it runs only for an active employee; anybody else gets the page that helps."""

	def guarded(context):
		if context.employee:
			return get_context(context)
		return no_employee(context)

	return guarded


def no_employee(context: frappe._dict) -> None:
	"""Say in words why this user can't refer yet, and what helps."""
	known = frappe.db.get_value(
		"Employee", {"user_id": frappe.session.user}, ["name", "status"], as_dict=True
	)
	context.status = 403
	context.template = "no_employee.html"
	context.title = _("You can't refer yet")
	context.known_as = known
	context.user = frappe.session.user


def navigation() -> tuple[tuple[str, str, str, str], ...]:
	"""The menu: section, address, icon, label."""
	return (
		("", "/referrals", "home", _("Home", context="Referral Hub")),
		("openings", "/referrals/openings", "openings", _("Openings")),
		("mine", "/referrals/mine", "people", _("My referrals")),
		("wallet", "/referrals/wallet", "wallet", _("Wallet")),
	)


def not_found(context: frappe._dict) -> None:
	"""The same page for what does not exist and for what belongs to somebody else."""
	context.status = 404
	context.template = "not_found.html"
	context.title = _("Nothing here")


def brand() -> frappe._dict:
	"""Read name, logo, colour and font from Website Settings and the Website Theme (system fonts, no request)."""
	settings = frappe.get_cached_doc("Website Settings")
	chosen = theme(settings.website_theme)
	name = settings.app_name if settings.app_name and settings.app_name != "Frappe" else None
	return frappe._dict(
		name=name or frappe.db.get_default("company") or _("Referrals"),
		logo=settings.app_logo or settings.banner_image or None,
		favicon=settings.favicon or "/assets/referral_hub/images/favicon.svg",
		theme=chosen,
		page=chosen.page or colours.PAGE,
		page_in_the_dark=colours.BEHIND_IN_THE_DARK["page"],
	)


def theme(name: str | None) -> frappe._dict:
	"""Return the Website Theme's colours, corrected until they can be read, and its font's name; empty for the standard look."""
	found = frappe._dict()
	if not name or not frappe.db.exists("Website Theme", name, cache=True):
		return found
	document = frappe.get_cached_doc("Website Theme", name)
	chosen = [_colour(document, field) for field in ("primary_color", "text_color", "background_color")]
	corrected = asdict(colours.readable(*chosen))
	found.update({key: colour for key, colour in corrected.items() if colour})
	if document.google_font and FONT.fullmatch(document.google_font):
		found.font = document.google_font
	return found


def _colour(document, field: str) -> str | None:
	colour = document.get(field) and frappe.get_cached_value("Color", document.get(field), "color")
	return colour if colour and COLOUR.fullmatch(colour) else None


def address_of(referral: str) -> str:
	return f"/referrals/mine/{quote(referral)}"
