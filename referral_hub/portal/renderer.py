"""Serves every page under /referrals and those that guests open by a code, and is the one place that makes them private.

Frappe's own page renderer caches by path and language but not by user, renders without escaping, and commits a
POST whose page failed half-way. Here nothing is cached, templates escape by default, and a failed POST is rolled back.
A page is a module in www/referrals or one of OTHER_PAGES (for employees), or one of GUEST_PAGES in portal/guests, with `get_context(context)`; it returns None,
or a Redirect. APP_PARTS are no pages: what a browser reads to keep the portal as an app. A page for guests finds what stands behind its name in `context.token`.
"""

import io
from importlib import import_module
from importlib.util import find_spec

import frappe
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.utils import send_file
from werkzeug.wrappers import Response

from referral_hub.portal import page
from referral_hub.portal.templates import render

PREFIX = "referrals"
# what browsers read to keep the portal as an app, signed in or not
APP_PARTS = {
	"referrals/manifest.webmanifest": "referral_hub.portal.installing.manifest",
	"referrals/worker.js": "referral_hub.portal.installing.worker",
}
PAGES = "referral_hub.www.referrals"
# pages for employees that are more than one module
OTHER_PAGES = {
	"requests": "referral_hub.portal.requests.listing",
	"request": "referral_hub.portal.requests.asked",
	"path": "referral_hub.portal.growth.my_path",
	"feedback": "referral_hub.portal.feedback.listing",
	"one_feedback": "referral_hub.portal.feedback.one",
	"shop": "referral_hub.www.referrals.shop.index",
	"shop/item": "referral_hub.www.referrals.shop.item",
	"shop/orders": "referral_hub.www.referrals.shop.orders",
	"shop/draw": "referral_hub.www.referrals.shop.draw",
	"goals": "referral_hub.portal.growth.goals",
	"recognition": "referral_hub.portal.recognition.mine",
	"people": "referral_hub.portal.recognition.people",
	"wall": "referral_hub.portal.recognition.wall",
	"news": "referral_hub.portal.announcing.news",
	"club": "referral_hub.portal.announcing.club",
	"learn": "referral_hub.portal.announcing.learn",
	"one_news": "referral_hub.portal.announcing.one_news",
	"survey": "referral_hub.portal.survey.mine",
	"contacts": "referral_hub.portal.contacts.listing",
	"contacts/import": "referral_hub.portal.contacts.importing",
	"contacts/person": "referral_hub.portal.contacts.person",
}
# what stands before the token in the address -> the page
GUEST_PAGES = {
	"r": "referral_hub.portal.guests.landing",
	"candidate": "referral_hub.portal.guests.candidate",
	"pool": "referral_hub.portal.guests.talent.pool",
	"refer": "referral_hub.portal.guests.card",
	"look": "referral_hub.portal.guests.talent.look",
	"hello": "referral_hub.portal.guests.talent.hello",
	"survey": "referral_hub.portal.survey.guest",
	"path": "referral_hub.portal.growth.path_page",
	"goals": "referral_hub.portal.growth.goals_page",
	"no-mail": "referral_hub.portal.guests.unsubscribe",
}
HEADERS = {
	"Cache-Control": "no-store, private",
	"X-Robots-Tag": "noindex, nofollow",
	"Referrer-Policy": "same-origin",
	"X-Content-Type-Options": "nosniff",
	"X-Frame-Options": "SAMEORIGIN",
}
POLICY = (
	"default-src 'self'; img-src 'self' data:; style-src 'self' 'nonce-{nonce}'; object-src 'none'; "
	"base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


class PrivatePage:
	"""What all our pages share; Frappe asks `can_render`, then calls `render`."""

	def __init__(self, path: str, http_status_code: int | None = None):
		self.path = path.strip("/ ")

	def render(self) -> Response:
		try:
			return self._respond()
		except Exception:
			frappe.db.rollback()
			raise

	def _respond(self) -> Response:
		frappe.local.form_dict = page.readable(frappe.local.form_dict)
		context = page.new_context(self.path)
		outcome = self._open(context)
		headers = {**HEADERS, **context.headers}
		if isinstance(outcome, page.Redirect):
			return _with_cookies(Response("", outcome.status, {**headers, "Location": outcome.to}), context)
		if isinstance(outcome, page.Download):
			headers["Content-Disposition"] = f'attachment; filename="{outcome.filename}"'
			return Response(outcome.content, 200, headers, mimetype=outcome.mimetype)
		if isinstance(outcome, page.Part):
			headers |= {**outcome.headers, "Content-Security-Policy": "default-src 'self'"}
			return Response(outcome.content, 200, headers, mimetype=outcome.mimetype)
		if isinstance(outcome, page.Shown):
			return _shown(outcome, headers)
		html = render(context.template or f"{self._name()}.html", context)
		headers["Content-Security-Policy"] = POLICY.format(nonce=context.nonce)
		return _with_cookies(Response(html, context.status, headers, mimetype="text/html"), context)


class AppPart(PrivatePage):
	"""A file that makes the portal an app: the same for everybody, so it asks nobody who they are; named in hooks.py."""

	def can_render(self) -> bool:
		return self.path in APP_PARTS

	def _open(self, context) -> page.Part:
		return import_module(APP_PARTS[self.path]).get_context(context)


class PortalPage(PrivatePage):
	"""A page for employees who are signed in; named in hooks.py."""

	def can_render(self) -> bool:
		return self.path == PREFIX or self.path.startswith(PREFIX + "/")

	def _open(self, context) -> page.Redirect | None:
		module = self._module()
		return page.enter(context) or (module.get_context(context) if module else page.not_found(context))

	def _name(self) -> str:
		return self.path.removeprefix(PREFIX).strip("/") or "index"

	def _module(self):
		name = self._name()
		if name in OTHER_PAGES:
			return import_module(OTHER_PAGES[name])
		if not name.isidentifier() or name.startswith("_") or not find_spec(f"{PAGES}.{name}"):
			return None
		return import_module(f"{PAGES}.{name}")


class GuestPage(PrivatePage):
	"""A page that a code or a signed link opens, for whoever holds it; named in hooks.py."""

	def can_render(self) -> bool:
		return self._name() in GUEST_PAGES and self.path.count("/") == 1

	def _open(self, context) -> page.Redirect | None:
		context.guest = True
		context.token = self.path.partition("/")[2]
		context.csrf_token = page.csrf_token_of_session()
		return import_module(GUEST_PAGES[self._name()]).get_context(context)

	def _name(self) -> str:
		return self.path.partition("/")[0]


def _shown(outcome: page.Shown, headers: dict) -> Response:
	"""Answer with a file as a whole or in parts: without parts some telephones play no voice."""
	content = io.BytesIO(outcome.content)
	try:
		response = send_file(content, frappe.request.environ, mimetype=outcome.mimetype, conditional=True)
	except RequestedRangeNotSatisfiable:
		return Response("", 416, {**headers, "Content-Range": f"bytes */{len(outcome.content)}"})
	response.direct_passthrough = False  # it is in memory; whoever looks at an answer on its way may
	response.headers.update({**headers, "Content-Security-Policy": "default-src 'none'"})
	return response


def _with_cookies(response: Response, context) -> Response:
	"""Set what the page asked for: first-party, out of reach of scripts, never sent from other sites' forms."""
	secure = bool(frappe.request) and frappe.request.scheme == "https"
	for name, (value, seconds) in context.cookies.items():
		response.set_cookie(
			name, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="Lax"
		)
	return response
