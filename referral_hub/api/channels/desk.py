"""What HR does with channels and words in the desk: look at them with sample facts, send a test, send many messages again."""

import frappe
from frappe import _

from referral_hub import limits
from referral_hub.messages import service
from referral_hub.messages.channels import ChannelIsDown, NotSent, installed_channels, trying
from referral_hub.messages.rules.events import EVENTS

HR = ("HR User", "HR Manager", "System Manager")
WRITERS = ("HR Manager", "System Manager")
MOST_AT_ONCE = 500
TESTS_AN_HOUR = 30


@frappe.whitelist(methods=["POST"])
def preview_words(
	event: str, language: str, channel: str, subject: str | None = None, body: str | None = None
) -> dict:
	"""Return {"subject", "body", "text"} of a message as it would go out, with facts that are nobody's.

	:param event: key of the event, such as `offer_made`; :param channel: label of a channel
	:param subject: and :param body: words that are not saved yet; without them those that are. Raises UnreadableTemplate.
	"""
	frappe.only_for(WRITERS)
	draft = {"subject": subject, "body": body} if body is not None else None
	written = trying.write(_event(event), language, _channel(channel), draft)
	return {"subject": written.subject, "body": written.body, "text": written.text}


@frappe.whitelist(methods=["POST"])
def send_test(channel: str, event: str = trying.TRIED, language: str | None = None) -> dict:
	"""Send one message with sample facts to the caller, or into the channel's group: {"sent", "to"} or {"sent", "why"}.

	:param channel: label of a channel. PermissionError when the caller may not read it; 30 tests an hour.
	"""
	frappe.only_for(HR)
	way = _channel(channel)
	if frappe.db.exists("Referral Channel", channel):
		frappe.get_doc("Referral Channel", channel).check_permission("read")
	if not limits.within("channel-test", frappe.session.user, TESTS_AN_HOUR):
		frappe.throw(_("Too many tries. Please wait a while."), frappe.RateLimitExceededError)
	try:
		return {"sent": True, "to": trying.send(_event(event), language or frappe.local.lang, way)}
	except (NotSent, ChannelIsDown) as error:
		frappe.clear_messages()
		way.failed(error)
		return {"sent": False, "why": str(error)}


@frappe.whitelist(methods=["POST"])
def resend_many(messages: str) -> dict:
	"""Send messages that failed or were skipped once more; {"again": how many}.

	:param messages: JSON list of names, at most 500. PermissionError when the caller may not see one of them: then none goes.
	"""
	frappe.only_for(HR)
	names = frappe.parse_json(messages)
	if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
		frappe.throw(_("Choose messages from the list."))
	if len(names) > MOST_AT_ONCE:
		frappe.throw(_("At most {0} at once.").format(MOST_AT_ONCE))
	for name in names:
		frappe.get_doc("Referral Message", name).check_permission("read")
	return {"again": service.resend_many(names)}


def _channel(label: str):
	way = installed_channels().get(label)
	return way or frappe.throw(_("There is no channel called {0}.").format(label), frappe.DoesNotExistError)


def _event(event: str) -> str:
	if event not in EVENTS:
		frappe.throw(_("There is no message called {0}.").format(event), frappe.DoesNotExistError)
	return event
