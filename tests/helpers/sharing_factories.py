"""Links, and guests who open them and apply, the way the pages do it inside one process."""

import time
from unittest.mock import patch

import frappe
import site_factories as hr
from frappe.utils.password import get_encryption_key
from frappe.website.serve import get_response
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.sharing import guest_forms
from referral_hub.referrals.sharing import applications, links
from referral_hub.referrals.sharing.applications import Application

BROWSER = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"


def make_links(employee=None, opening=None, message: str = "") -> dict:
	"""The three links an employee shares for an opening, by channel."""
	employee = employee or hr.make_employee()
	names = links.share(employee.name, opening.name if opening else None, message)
	return {row.channel: row for row in (frappe.get_doc("Referral Link", name) for name in names)}


def make_link(employee=None, opening=None, channel: str = "Link", **fields):
	return make_links(employee, opening or hr.make_opening(), **fields)[channel]


def make_event_link(opening=None, **fields):
	values = {"channel": "Event", "event_name": hr.unique("Job Fair"), "company": hr.COMPANY, **fields}
	return frappe.get_doc(
		doctype="Referral Link", job_opening=opening.name if opening else None, **values
	).insert()


def apply_through(link, candidate: Candidate, **fields):
	"""Somebody applies; return the row of the application."""
	defaults = {"submission_key": frappe.generate_hash(length=24), "consent": "I agree."}
	opened = links.open(link.code, any_opening=True)
	name = applications.apply(opened, Application(candidate=candidate, **{**defaults, **fields}))
	return frappe.get_doc("Referral Application", name)


def form_token(link, seconds_ago: int = 30, nonce: str | None = None) -> str:
	issued = int(time.time()) - seconds_ago
	nonce = nonce or frappe.generate_hash(length=24)
	return guest_forms.make(get_encryption_key(), link.code, issued, nonce)


def filled_form(link, **fields) -> dict:
	"""What the browser sends when a guest fills in the form."""
	form = {"candidate_name": hr.unique("Guest"), "consent": "1", "form_token": form_token(link)}
	return {**form, **fields}


class Guest:
	"""Somebody without an account, with the cookies their browser keeps."""

	def __init__(self, user_agent: str = BROWSER, address: str = "203.0.113.7", **headers):
		self.headers = {"User-Agent": user_agent, **headers}
		self.address = address
		self.cookies: dict[str, str] = {}

	def get(self, path: str, **query):
		return self._ask(path, method="GET", query_string=query)

	def post(self, path: str, form: dict):
		return self._ask(path, method="POST", data=form)

	def visit(self, code: str) -> dict:
		"""What the page's script does."""
		from referral_hub.api import sharing

		with self._request("/api/method/referral_hub.api.sharing.visit", method="POST"):
			return sharing.visit(code)

	def _ask(self, path: str, **request):
		with self._request(path, **request):
			response = get_response(frappe.local.request.path)
			for cookie in response.headers.getlist("Set-Cookie"):
				name, _equals, rest = cookie.partition("=")
				self.cookies[name] = rest.partition(";")[0]
			return response

	def _request(self, path: str, **request):
		cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
		headers = {**self.headers, **({"Cookie": cookies} if cookies else {})}
		builder = EnvironBuilder(path=path, headers=headers, **request)
		frappe.set_user("Guest")
		frappe.local.request = Request(builder.get_environ())
		frappe.local.form_dict = frappe._dict(frappe.local.request.values)
		frappe.local.session.data = frappe._dict()
		return patch.object(frappe.local, "request_ip", self.address, create=True)
