"""The address that WeCom calls. Nothing is answered that would tell a stranger which companies or people are known here."""

import time

import frappe
from werkzeug.wrappers import Response

from referral_hub import limits
from referral_hub.background import start_after_commit
from referral_hub.messages.channels import wecom_callback
from referral_hub.messages.channels.wecom_callback import Said
from referral_hub.messages.rules.protocols.wecom_crypt import LARGEST, Refused

CALLS_PER_ADDRESS = 10_000
STATUS = {"unsigned": 401, "late": 401, "unreadable": 400}


@frappe.whitelist(allow_guest=True, methods=["GET", "POST"])
def callback(
	msg_signature: str = "", timestamp: str = "", nonce: str = "", echostr: str = "", **_ignored
) -> Response:
	"""Prove to WeCom that this address is ours (GET), or take one message (POST); the answer is plain text.

	As WeCom publishes it: SHA-1 over token, timestamp, nonce and cipher text; AES with EncodingAESKey; for the Corp ID of the channel. A time
	more than 300 seconds from ours is refused. Events about external contacts become signals of the talent pool in a job, once each and only
	with the person's consent; everything else is answered and forgotten. Refused with 401 (not signed, too late), 400 (unreadable),
	413 (over 64 kB), 429 (too many).
	"""
	if not limits.within("wecom", limits.address(), CALLS_PER_ADDRESS):
		return _plain(b"", 429)
	said = Said(str(msg_signature), str(timestamp), str(nonce))
	try:
		if frappe.request.method == "GET":
			return _plain(wecom_callback.answer_to(said, str(echostr), time.time()))
		if (frappe.request.content_length or 0) > LARGEST:
			return _plain(b"", 413)
		_pass_on(wecom_callback.event_in(said, frappe.request.get_data(cache=True), time.time()))
	except Refused as refused:
		return _plain(b"", STATUS[refused.why])
	return _plain(b"success")


def _pass_on(heard: tuple[str, dict] | None) -> None:
	if heard:
		channel, event = heard
		start_after_commit("referral_hub.tasks.hear_wecom", queue="short", channel=channel, event=event)


def _plain(said: bytes, status: int = 200) -> Response:
	return Response(said, status=status, mimetype="text/plain")
