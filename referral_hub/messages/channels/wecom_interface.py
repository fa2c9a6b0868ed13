"""WeCom's server interface for one application: its access token, shared by all processes, and one call at a time with it.

A token is asked for by one process while the others wait for it; one that WeCom no longer takes is replaced once. Called by the
channel, by the callback and by the sign-in.
"""

from collections.abc import Callable
from contextlib import contextmanager
from hashlib import sha256

import frappe
from frappe import _
from redis.exceptions import LockError, RedisError

from referral_hub.messages.channels import Later, wire
from referral_hub.messages.channels.configured import Configured
from referral_hub.messages.rules.protocols import addresses, wecom
from referral_hub.messages.rules.protocols.answers import Answer, Says

# seconds one process may take to get a token, and others wait for it
RENEWING = 30
HINTS = {
	"40001": "secret",
	"40013": "corp",
	"40056": "agent",
	"301002": "agent",
	"60011": "rights",
	"48002": "rights",
	"60020": "address",
	"2000002": "address",
}


def call(
	channel: Configured, path: str, body: dict | None = None, query: dict | None = None
) -> tuple[Answer, dict]:
	"""Ask once, and once more with a new token when WeCom wants one. Returns what it means, and what was said."""
	token = _token(channel)
	answer, said = _ask(channel, path, body, {**(query or {}), "access_token": token})
	if answer.says is Says.TOKEN:
		token = _token(channel, refused=token)
		answer, said = _ask(channel, path, body, {**(query or {}), "access_token": token})
	return answer, said


def get_ready(channel: Configured) -> None:
	"""Get a token where there is none: whatever goes wrong until now, nothing was asked yet."""
	_token(channel)


def hint(code: str) -> str:
	"""Say what a person has to put right for this code."""
	words = {
		"secret": _("The secret of the application is wrong."),
		"corp": _("The Corp ID is wrong."),
		"agent": _("The Agent ID is not that of the application with this secret."),
		"rights": _("The application lacks this right in WeCom's administration."),
		"address": _("Add the address of this server to the trusted IPs of the application."),
	}
	return words.get(HINTS.get(code, ""), "")


def _ask(channel: Configured, path: str, body: dict | None, query: dict) -> tuple[Answer, dict]:
	base = wire.base_of(addresses.WECOM_APP, addresses.WECOM_API)
	reply = wire.ask(addresses.WECOM_APP, f"{base}/cgi-bin/{path}", body, query)
	said = reply.body if isinstance(reply.body, dict) else {}
	return wecom.judge(reply.status, reply.body), said


def _token(channel: Configured, refused: str | None = None) -> str:
	"""Return the token all processes share; a new one where there is none, or only the one that was refused."""
	return _usable(channel, refused) or _renewed(channel, refused)


def _usable(channel: Configured, refused: str | None) -> str | None:
	# past what this request has read before: another process may have renewed it
	token = frappe.cache.get_value(_key(channel), expires=True)
	return token if token and token != refused else None


def _renewed(channel: Configured, refused: str | None) -> str:
	with _alone(channel):
		if token := _usable(channel, refused):
			return token
		query = {"corpid": channel.row.corp_id, "corpsecret": channel.secret("app_secret")}
		with wire.only_asked():
			answer, said = _ask(channel, "gettoken", None, query)
			channel.check(answer, hint(answer.code))
		token = str(said.get("access_token") or "")
		frappe.cache.set_value(_key(channel), token, expires_in_sec=wecom.token_lasts(said.get("expires_in")))
		return token


@contextmanager
def _alone(channel: Configured):
	"""Hold the other processes back. Without Redis each asks for itself."""
	lock = frappe.cache.lock(
		frappe.cache.make_key(f"{_key(channel)}:renewing"), timeout=RENEWING, blocking_timeout=RENEWING
	)
	held = _try(lock.acquire)
	if held is False:
		raise Later(_("Another process is asking WeCom for an access token."), 10)
	try:
		yield
	finally:
		if held:
			_try(lock.release)


def _try(step: Callable) -> bool | None:
	try:
		return step()
	except (RedisError, LockError):
		return None


def _key(channel: Configured) -> str:
	"""Name the token by what it was given for: another secret is another token."""
	whose = f"{channel.row.corp_id}:{channel.secret('app_secret')}"
	return f"referral_hub_wecom_token:{sha256(whose.encode()).hexdigest()}"
