"""A program that asks the versioned API: signed in by the API key of a user, or as nobody."""

import frappe
import requests
from frappe.core.doctype.user.user import generate_keys
from in_process import ORIGIN, Here
from live_site import site_name

ROOT = "/api/method/referral_hub.api.v1."


class Program:
	"""A program of somebody's own, signed in by the API key of a user; without one it is nobody."""

	def __init__(
		self, world, user: str | None = None, token: str = "", address: str = "", language: str = ""
	):
		self._session, self._address = requests.Session(), address or ORIGIN
		if not address:
			self._session.mount(ORIGIN, Here(world.web))
		self._session.headers["Host"] = site_name()
		if language:
			self._session.headers["Accept-Language"] = language
		if user or token:
			self._session.headers["Authorization"] = f"token {token or world['keys'][user]}"

	def get(self, name: str, /, **arguments) -> requests.Response:
		return self._session.get(self._address + ROOT + name, params=arguments)

	def post(self, name: str, /, key: str = "", files: dict | None = None, **arguments) -> requests.Response:
		headers = {"Idempotency-Key": key} if key else {}
		sent = {"data": arguments, "files": files} if files else {"json": arguments}
		return self._session.post(self._address + ROOT + name, headers=headers, **sent)


def key_of(user: str) -> str:
	secret = generate_keys(user)["api_secret"]
	return f"{frappe.db.get_value('User', user, 'api_key')}:{secret}"


def error_of(answer: requests.Response) -> dict:
	return answer.json()["error"]
