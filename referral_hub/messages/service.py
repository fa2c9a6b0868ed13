"""Tell people what happened: once each, in their language, by every channel they can be reached by.

`tell` writes to the outbox inside the caller's transaction, so there is news exactly when the thing itself was committed.
`send_pending` hands the outbox to Frappe's own transports. Called by the flow, by rewards, and by tasks.

How near to "exactly once": the row in the Email Queue (or the Notification Log) and the mark Sent are one transaction, so a
process that dies anywhere leaves both or neither. From the Email Queue on, Frappe's promise holds.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime, strip_html

from referral_hub.background import start_after_commit
from referral_hub.messages import outbox, rendering
from referral_hub.messages.channels import Channel, Delivery, installed_channels
from referral_hub.messages.readers import Reader, find_reader
from referral_hub.messages.rules.events import EVENTS, Step, event_key, is_stale, news_of

BATCH = 100
SENDING_JOB = "referral_hub_send_messages"
SAVEPOINT = "referral_hub_delivery"


def tell(event: str, person: str, *, key: str, referral: str | None = None, **facts) -> None:
	"""Put the news into this person's outbox, once per channel that reaches them; telling again does nothing.

	Only active employees are told. `key` names the news among those of the same event; `facts` are frozen here.
	"""
	if event not in EVENTS:
		raise ValueError(f"No such message: {event}")
	reader = find_reader(person)
	if not reader:
		return
	message = {
		"event": event,
		"event_key": event_key(event, key),
		"recipient": reader.employee,
		"user": reader.user,
		"language": reader.language,
		"referral": referral,
		"facts": frappe.as_json(_freeze(_facts_of_referral(referral) | facts), indent=None),
	}
	_put_for_each_channel(message, reader)


def tell_referrer(event_doc: Document, referral_doc: Document) -> None:
	"""Tell the referrer what this Referral Event means for them, when it means something."""
	news = news_of(_step_of(event_doc, referral_doc), now_datetime())
	if not news:
		return
	tell(
		news.event,
		referral_doc.referrer,
		key=f"{referral_doc.name}:{news.detail}",
		referral=referral_doc.name,
		**news.facts,
		**_words_of_reason(event_doc.reason or referral_doc.reason if news.event in WITH_REASON else None),
	)


WITH_REASON = frozenset(event for event, kind in EVENTS.items() if "reason" in kind.facts)


def send_pending(limit: int | None = None, after_each: Callable[[], None] | None = None) -> dict:
	"""Hand over what is due and say how it went: {"sent", "skipped", "failed"}. Safe to run in many processes at once.

	Does not commit. A job passes `after_each=frappe.db.commit`, so that each message is its own transaction: a message
	is claimed by a row lock, and its handing over and its mark are committed together.
	"""
	counts = {"sent": 0, "skipped": 0, "failed": 0}
	channels = installed_channels()
	tried: set[str] = set()
	while limit is None or len(tried) < limit:
		names = [name for name in outbox.due(BATCH + len(tried)) if name not in tried]
		if not names:
			break
		for name in names[: None if limit is None else limit - len(tried)]:
			tried.add(name)
			_send_one(name, channels, counts)
			if after_each:
				after_each()
	return counts


def resend(name: str) -> None:
	"""Give a message that failed or was skipped another chance, now."""
	outbox.put_back([name])
	_send_after_commit()


def retry_template(event: str) -> None:
	"""Try again what could not be written: called when somebody has saved the words of this event."""
	waiting = frappe.get_all(
		"Referral Message",
		filters={"event": event, "failed_in": "Template", "state": ["in", [outbox.PENDING, outbox.FAILED]]},
		pluck="name",
	)
	if waiting:
		outbox.put_back(waiting)
		_send_after_commit()


def _put_for_each_channel(message: dict, reader: Reader) -> None:
	told = False
	for channel in installed_channels().values():
		address = channel.address(reader)
		if address:
			told |= outbox.put({**message, "channel": channel.label, "to_address": address})
	if told:
		_send_after_commit()


def _send_after_commit() -> None:
	"""Start sending in the background. Without Redis the scheduler's next run does it."""
	start_after_commit("referral_hub.tasks.send_messages", queue="short", once_as=SENDING_JOB)


def _send_one(name: str, channels: dict[str, Channel], counts: dict) -> None:
	message = outbox.claim(name)
	if not message:
		return
	frappe.db.savepoint(SAVEPOINT)
	try:
		counts[_deliver(message, channels)] += 1
	except frappe.QueryDeadlockError:
		raise
	except Exception as error:
		frappe.db.rollback(save_point=SAVEPOINT)
		_record_failure(message, error)
		counts["failed"] += 1


def _deliver(message: Document, channels: dict[str, Channel]) -> str:
	"""Write and hand over one message to the person as they are now; return what became of it."""
	facts = outbox.facts_of(message)
	channel, reader = channels.get(message.channel), find_reader(message.recipient)
	address = channel.address(reader) if channel and reader else None
	if why := _why_not(message, facts, channel, reader, address):
		outbox.mark_skipped(message, why)
		return "skipped"
	subject, body, language = rendering.write(message.event, facts, reader)
	link = rendering.link_to(facts.get("number"))
	sent_as = channel.send(Delivery(subject, body, link, message.referral, reader, address, language))
	written = {"subject": subject, "content": body, "language": language, "to_address": address}
	if not sent_as:
		outbox.mark_skipped(message, _("This address has unsubscribed."), **written)
		return "skipped"
	outbox.mark_sent(message, sent_as, **written)
	return "sent"


def _why_not(message, facts, channel, reader, address) -> str | None:
	if not reader:
		return _("This person is no longer an active employee.")
	if not channel:
		return _("The channel {0} is not installed.").format(message.channel)
	if not address:
		return _("This person can't be reached this way.")
	if is_stale(message.event, facts, now_datetime()):
		return _("The date in this message has passed.")
	if EVENTS[message.event].until and outbox.has_newer(message):
		return _("A newer message says another date.")
	return None


def _record_failure(message: Document, error: Exception) -> None:
	frappe.clear_messages()
	failed_in = "Template" if isinstance(error, rendering.UnreadableTemplate) else "Channel"
	if not isinstance(error, frappe.ValidationError):
		frappe.log_error(
			title="Referral Message not sent",
			reference_doctype=message.doctype,
			reference_name=message.name,
		)
	outbox.mark_failed(message, strip_html(str(error)) or type(error).__name__, failed_in)


def _facts_of_referral(referral: str | None) -> dict:
	if not referral:
		return {}
	row = frappe.db.get_value(
		"Referral", referral, ["candidate_name", "job_opening", "designation"], as_dict=True
	)
	if not row:
		return {}
	title = row.job_opening and frappe.db.get_value("Job Opening", row.job_opening, "job_title")
	return {"number": referral, "candidate_name": row.candidate_name, "opening": title or row.designation}


def _words_of_reason(reason: str | None) -> dict:
	"""Return the reason and the hint in every language HR has written; never HR's own notes."""
	if not reason:
		return {}
	fields = ["reason", "reason_zh", "hint", "hint_zh"]
	return frappe.db.get_value("Referral Reason", reason, fields, as_dict=True) or {}


def _step_of(event_doc: Document, referral_doc: Document) -> Step:
	return Step(
		kind=event_doc.kind,
		stage=event_doc.stage,
		outcome=event_doc.outcome,
		happened_on=get_datetime(event_doc.happened_on) if event_doc.happened_on else None,
		reason=event_doc.reason or referral_doc.reason,
		imported=referral_doc.channel == "Import",
		seq=event_doc.seq,
	)


def _freeze(facts: dict) -> dict:
	"""Return the facts as plain JSON values: dates in ISO form, decimals as strings."""
	return {name: _plain(value) for name, value in facts.items() if value is not None}


def _plain(value):
	if isinstance(value, datetime):
		return value.isoformat(sep=" ", timespec="seconds")
	return str(value) if isinstance(value, date | Decimal) else value
