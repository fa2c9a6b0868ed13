"""What WeCom tells us by itself: checked against the application it says it is for, and understood as far as it concerns us.

Nothing is written here. Called by the web method behind the callback and, in a job, by the flow.
"""

from dataclasses import dataclass

from referral_hub.messages.channels import ChannelIsDown, NotSent, configured, wecom_interface
from referral_hub.messages.channels.configured import Configured
from referral_hub.messages.rules.protocols import addresses, wecom_crypt
from referral_hub.messages.rules.protocols.wecom_crypt import Refused

EXTERNAL = "change_external_contact"
# all a job is given: numbers of WeCom's, no person
PASSED_ON = ("ChangeType", "ExternalUserID", "UserID", "CreateTime")


@dataclass(frozen=True)
class Said:
	"""What the query of a request says of itself."""

	signature: str
	timestamp: str
	nonce: str


def answer_to(said: Said, echo: str, now: float) -> bytes:
	"""Return what proves to WeCom that the address is ours. Raises Refused."""
	_channel, message = _opened(said, echo, now)
	return message


def event_in(said: Said, body: bytes, now: float) -> tuple[str, dict] | None:
	"""Return (channel, event) when something changed with an external contact, None for any other message. Raises Refused."""
	channel, message = _opened(said, wecom_crypt.encrypted_in(body), now)
	fields = wecom_crypt.fields_of(message)
	if fields.get("Event") != EXTERNAL:
		return None
	return channel.label, {name: fields.get(name, "") for name in PASSED_ON}


def numbers_of(channel: str, event: dict) -> list[str]:
	"""Ask WeCom which phone numbers the colleague who knows this contact has noted; none when WeCom does not say.

	What goes wrong is noted with the channel.
	"""
	known = configured.find(channel)
	if not known or known.why_off():
		return []
	query = {"external_userid": event.get("ExternalUserID") or ""}
	try:
		answer, said = wecom_interface.call(known, "externalcontact/get", None, query)
		known.check(answer, wecom_interface.hint(answer.code))
	except (NotSent, ChannelIsDown) as error:
		known.failed(error)
		return []
	return _noted(said)


def corp_of(channel: str) -> str:
	"""Return of which company's WeCom an application is; "" for one that is gone."""
	known = configured.find(channel)
	return known.row.corp_id or "" if known else ""


def _noted(said: dict) -> list[str]:
	users = said.get("follow_user")
	lists = (
		[user.get("remark_mobiles") for user in users if isinstance(user, dict)]
		if isinstance(users, list)
		else []
	)
	numbers = [number for noted in lists if isinstance(noted, list) for number in noted]
	return sorted({number for number in numbers if isinstance(number, str)})


def _opened(said: Said, encrypted: str, now: float) -> tuple[Configured, bytes]:
	"""Return the application this was signed for, and the message."""
	why = Refused("unsigned")
	for channel in configured.channels():
		if channel.kind != addresses.WECOM_APP or channel.why_off():
			continue
		token = channel.secret("callback_token")
		try:
			wecom_crypt.check(token, said.timestamp, said.nonce, encrypted, said.signature, now)
		except Refused as refused:
			why = refused if refused.why == "late" else why
			continue
		return channel, wecom_crypt.decrypt(channel.secret("callback_key"), encrypted, channel.row.corp_id)
	raise why
