"""Serves every page under /referrals, and is the one place that makes them private.

Frappe's own page renderer caches by path and language but not by user, renders without escaping, and commits a
POST whose page failed half-way. Here nothing is cached, templates escape by default, and a failed POST is rolled back.
A page is a module in www/referrals with `get_context(context)`; it returns None, or a Redirect.
"""

from importlib import import_module
from importlib.util import find_spec

import frappe
from werkzeug.wrappers import Response

from referral_hub.portal import page
from referral_hub.portal.templates import render

PREFIX = "referrals"
PAGES = "referral_hub.www.referrals"
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


class PortalPage:
	"""A page renderer, named in hooks.py; Frappe asks `can_render`, then calls `render`."""

	def __init__(self, path: str, http_status_code: int | None = None):
		self.path = path.strip("/ ")

	def can_render(self) -> bool:
		return self.path == PREFIX or self.path.startswith(PREFIX + "/")

	def render(self) -> Response:
		try:
			return self._respond()
		except Exception:
			frappe.db.rollback()
			raise

	def _respond(self) -> Response:
		context = page.new_context(self.path)
		module = self._module()
		outcome = page.enter(context) or (module.get_context(context) if module else page.not_found(context))
		if isinstance(outcome, page.Redirect):
			return Response("", outcome.status, {**HEADERS, "Location": outcome.to})
		html = render(context.template or f"{self._name()}.html", context)
		headers = {**HEADERS, "Content-Security-Policy": POLICY.format(nonce=context.nonce)}
		return Response(html, context.status, headers, mimetype="text/html")

	def _name(self) -> str:
		return self.path.removeprefix(PREFIX).strip("/") or "index"

	def _module(self):
		name = self._name()
		if not name.isidentifier() or name.startswith("_") or not find_spec(f"{PAGES}.{name}"):
			return None
		return import_module(f"{PAGES}.{name}")
