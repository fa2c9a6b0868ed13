"""The way out of our e-mails: a signed link in every footer and in the header that mail programs make a button of (RFC 8058).

The link names a message, not a person: an employee who follows it gets no more e-mails from us, a candidate's address goes on
the list of contacts we don't write to. It needs no login, lasts as long as the message, and can do nothing else; it can be taken
back on the same page. From a message that has a switch of its own it stops that message alone. Called by the e-mail channel, by the page behind the link, and by Frappe while it builds a mail.
"""

import hmac
from hashlib import sha256

import frappe
from frappe import _
from frappe.utils import escape_html, get_url
from frappe.utils.verified_command import get_secret

from referral_hub.messages import preferences, rendering, suppression
from referral_hub.messages.readers import reader_of
from referral_hub.messages.rules.delivery import is_usable_address
from referral_hub.messages.rules.events import OWN_SWITCHES

PAGE = "/no-mail"
MARK = "Referral-Hub-Unsubscribe"  # Frappe puts X- before it
SIGNATURE_LENGTH = 32
EMAIL = "Email"


class Unfolded(str):
	"""A header that is written in one line: Python would encode an address longer than a line, and no mail program reads that."""

	def __new__(cls, name: str, value: str):
		made = super().__new__(cls, value)
		made.name = name
		return made

	def fold(self, *, policy) -> str:
		return f"{self.name}: {self}{policy.linesep}"


def link_for(message: str) -> str:
	return get_url(f"{PAGE}/{message}.{_signature(message)}", allow_header_override=False)


def headers(link: str) -> dict[str, str]:
	"""Return what to give Frappe, which would call our header X-List-Unsubscribe: a mark for `complete`."""
	return {MARK: link}


def complete(email) -> None:
	"""Put the real headers in place of the mark. Frappe calls this for every mail it builds (`make_email_body_message`)."""
	link = email.msg_root.get(f"X-{MARK}")
	if not link:
		return
	del email.msg_root[f"X-{MARK}"]
	email.msg_root["List-Unsubscribe"] = Unfolded("List-Unsubscribe", f"<{link}>")
	email.msg_root["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def footer(link: str, language: str, event: str = "") -> str:
	with rendering.speaking(language):
		words = _("No more e-mails about referrals")
		if event in OWN_SWITCHES:
			words = _("No more of these messages")
	return f'<p><small><a href="{escape_html(link)}">{escape_html(words)}</a></small></p>'


def read(token: str | None) -> frappe._dict | None:
	"""Return the message a token names, or None for any token that we did not sign. Asks the database only for ours."""
	message, _dot, signature = str(token or "").partition(".")
	if not message or not hmac.compare_digest(signature.encode(), _signature(message).encode()):
		return None
	fields = ["name", "recipient", "candidate_of", "pool_record", "event"]
	return frappe.db.get_value("Referral Message", message, fields, as_dict=True)


def stop(message: frappe._dict) -> None:
	"""No more e-mails to whom this message went; no more of these, where they can be stopped alone."""
	if message.recipient:
		_choose(message, False)
	else:
		suppression.add(_address_of(message))


def resume(message: frappe._dict) -> None:
	if message.recipient:
		_choose(message, True)
	else:
		suppression.lift(_address_of(message))


def is_alone(message: frappe._dict) -> bool:
	"""Say whether it is this kind of message that is stopped, not all e-mails."""
	return bool(message.recipient) and message.event in OWN_SWITCHES


def is_stopped(message: frappe._dict) -> bool:
	if is_alone(message):
		return not preferences.preference_of(message.recipient).get(OWN_SWITCHES[message.event], 1)
	if message.recipient:
		chosen = preferences.preference_of(message.recipient).channels
		return any(row.channel == EMAIL and not row.wanted for row in chosen)
	return suppression.holds(_address_of(message))


def _choose(message: frappe._dict, wanted: bool) -> None:
	if is_alone(message):
		preferences.save(message.recipient, channels={}, **{OWN_SWITCHES[message.event]: int(wanted)})
	else:
		preferences.save(message.recipient, channels={EMAIL: wanted})


def _address_of(message: frappe._dict) -> str | None:
	candidate = reader_of(message)
	return candidate.email if candidate and is_usable_address(candidate.email) else None


def _signature(message: str) -> str:
	return hmac.new(get_secret().encode(), f"unsubscribe:{message}".encode(), sha256).hexdigest()[
		:SIGNATURE_LENGTH
	]
