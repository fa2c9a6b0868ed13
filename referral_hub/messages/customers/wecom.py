"""Asks WeCom to hand words on to a contact outside in the name of a colleague, who confirms it in their own WeCom; nothing goes out before.

Which contact somebody is there, and of which company's WeCom, events told us (`channels.wecom_callback`). Never writes but the colleague's
own id, where it is asked for by their number.
"""

from dataclasses import dataclass

from frappe import _

from referral_hub import retry
from referral_hub.messages.channels import Undeliverable, configured, wecom_interface, wire
from referral_hub.messages.channels.wecom import WeCom
from referral_hub.messages.readers import find_reader
from referral_hub.messages.rules.protocols import wecom_customers as rules
from referral_hub.messages.rules.protocols.answers import Says
from referral_hub.messages.rules.protocols.wecom_customers import Came, Why
from referral_hub.permissions import employee_of


@dataclass(frozen=True)
class Customer:
	"""Who somebody outside is in a company's WeCom, and which user writes to them."""

	contact: str
	corp: str
	user: str


def why_not(customer: Customer) -> str | None:
	"""Say in a sentence why this user can't write to this contact through WeCom, or None. Asks nobody."""
	if not customer.contact:
		return _("This person is not known to us as a contact of ours in WeCom.")
	if not _applications(customer.corp):
		return _("No WeCom application of the company that knows this contact is switched on here.")
	if not _way(customer):
		return _("You are nobody in WeCom for us: your Employee needs its WeCom User ID.")
	return None


def hand_over(customer: Customer, words: str) -> str | None:
	"""Let WeCom ask the user to confirm these words; return the number of the task, None when no answer came.

	Ask `why_not` first. Raises NotSent when there is surely no task.
	"""
	channel, sender = _ready(customer)
	retry.something_left()
	body = rules.task(sender, customer.contact, words)
	try:
		answer, said = wecom_interface.call(channel, "externalcontact/add_msg_template", body)
		if why := rules.why_not(answer.code, said, customer.contact):
			raise Undeliverable(_said(why, answer.code))
		channel.check(answer, _hint(answer))
	except wire.NoAnswer:
		return None
	return str(said.get("msgid") or "") or None


def came_of(customer: Customer, task: str) -> Came:
	"""Ask WeCom what has come of a task. Raises NotSent or ChannelIsDown when that can't be learned now."""
	if not _way(customer):
		return Came.WAITS
	channel, sender = _ready(customer)
	body = {"msgid": task, "userid": sender, "limit": 500}
	answer, said = wecom_interface.call(channel, "externalcontact/get_groupmsg_send_result", body)
	channel.check(answer, _hint(answer))
	return rules.came_of(said, customer.contact)


def call_off(corp: str, task: str) -> bool:
	"""Let WeCom not hand on what nobody has confirmed yet; say whether it took that. Raises NotSent or ChannelIsDown."""
	for channel in _applications(corp)[:1]:
		answer, _said = wecom_interface.call(channel, "externalcontact/cancel_groupmsg_send", {"msgid": task})
		channel.check(answer, _hint(answer))
		return True
	return False


def _ready(customer: Customer) -> tuple[WeCom, str]:
	"""Return the application, with a token at hand, and who the user is there: nothing was asked of it yet that could go out."""
	channel, employee, address = _way(customer)
	sender = channel.user_behind(address, employee)
	wecom_interface.get_ready(channel)
	return channel, sender


def _way(customer: Customer) -> tuple[WeCom, str, str] | None:
	"""Return the application by which the user writes, their Employee, and their address there."""
	reader = find_reader(employee_of(customer.user))
	if not reader:
		return None
	ways = ((channel, channel.address(reader)) for channel in _applications(customer.corp))
	return next(((channel, reader.employee, address) for channel, address in ways if address), None)


def _applications(corp: str) -> list[WeCom]:
	"""Return those of this company's WeCom that are switched on, first the ones that are told of its contacts."""
	found = [
		channel
		for channel in configured.channels()
		if isinstance(channel, WeCom) and not channel.why_off() and channel.row.corp_id == corp
	]
	return sorted(found, key=lambda channel: not channel.secret("callback_token"))


def _hint(answer) -> str:
	if answer.says is Says.LATER:
		return _("Too much is asked of it just now. Send it again in a few minutes.")
	return wecom_interface.hint(answer.code)


def _said(why: Why, code: str) -> str:
	words = {
		Why.CONTACT: _(
			"In WeCom this person is no contact of yours (any more). Add them there, let a colleague write who knows them, or use another way."
		),
		Why.ENOUGH: _(
			"WeCom hands nothing on to this person now: they have had as many messages as it lets them get, or have removed you. Try again tomorrow, or use another way."
		),
		Why.SENDER: _(
			"You may not write to contacts in WeCom. Who administers WeCom gives you the right to customer contacts, and lets the application see you."
		),
		Why.BUSY: _("WeCom is still handing on an earlier message. Try again in a few minutes."),
	}
	return f"{words[why]} ({code})" if code else words[why]
