"""Hand the outbox over: each message once, to the person as they are now, in the quiet of nobody's night.

Called by `service` and `digests`. How near to "exactly once" each channel is:
- In the app: the notification and the mark Sent are one transaction. Exactly once.
- E-mail: the row in the Email Queue and the mark Sent are one transaction; from there on Frappe's promise holds, which marks a
  mail Sent after the server took it: a worker that dies in between sends that mail again.
- What leaves the site while we wait (SMS): claimed as Sending and committed, then asked for, then marked. A worker that dies in
  between leaves Sending behind; after half an hour it becomes Failed with the words that nobody knows. At most once by us:
  a second text message disturbs and costs, and HR sees what may be missing.
A gateway that hangs costs a run one message's patience: the others that go this way wait for the next run.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime, strip_html

from referral_hub.messages import asking, outbox, planning, rendering
from referral_hub.messages.channels import (
	Channel,
	ChannelIsDown,
	Delivery,
	Installed,
	Later,
	NotSent,
	Undeliverable,
)
from referral_hub.messages.preferences import is_offered
from referral_hub.messages.readers import Reader, reader_of
from referral_hub.messages.rules.events import EVENTS, is_stale
from referral_hub.messages.rules.preferences import hears
from referral_hub.messages.rules.sms import measure
from referral_hub.messages.rules.standing import (
	TAKES_BACK,
	is_about_interview,
	is_said_again,
	is_still_true,
	is_told_each_time,
)
from referral_hub.people import naming
from referral_hub.referrals.rules.stages import NO_RESULT_YET
from referral_hub.referrals.rules.tokens import is_well_formed

SAVEPOINT = "referral_hub_delivery"

Commit = Callable[[], None] | None


class Counts(dict):
	"""How sending went: messages sent, skipped, failed. One that goes on waiting is none of these."""

	def __init__(self):
		super().__init__(sent=0, skipped=0, failed=0)
		# channels that are down: this run asks them nothing more
		self.down: set[str] = set()


def send_one(name: str, channels: Installed, counts: Counts, commit: Commit) -> None:
	"""Send one message that goes alone."""
	message = outbox.claim(name)
	if not message or message.channel in counts.down:
		return
	delivery, channel = None, channels.get(message.channel)
	if channel and asking.safely(channel, channel.closed_until, None):
		counts.down.add(message.channel)
		return
	with failure_recorded(message, counts):
		delivery = prepare(message, channels, counts)
	if not delivery:
		return
	if channel.leaves_the_site:
		outbox.mark_sending(message, **_written(message, delivery))
		if commit:
			commit()
	with failure_recorded(message, counts, channel):
		hand_over(message, delivery, channel, counts)


def prepare(message: Document, channels: Installed, counts: Counts) -> Delivery | None:
	"""Write one message for the person as they are now; None when it is not to go, or not yet."""
	facts = outbox.facts_of(message)
	channel, reader = way_of(message, channels), reader_of(message)
	address = asking.address_of(channel, reader) if channel and reader else None
	if why := why_not(message, facts, channel, reader, address):
		skip(message, facts, why, counts)
		return None
	if until := planning.still_waits_until(channel, reader):
		outbox.wait(message, waits_until=until)
		return None
	return write(message, facts, channel, reader, address)


def way_of(message: Document, channels: Installed) -> Channel | None:
	"""Return the channel of a message. Raises NotSent where it may be one of those that can't be had just now."""
	channel = channels.get(message.channel)
	if not channel and not channels.is_whole:
		words = _("The channel {0} can't be loaded: an app that brings channels is broken.")
		raise NotSent(words.format(message.channel))
	return channel


def write(message: Document, facts: dict, channel: Channel, reader: Reader, address: str) -> Delivery:
	link, facts = rendering.link_for(facts, reader), _with_names(message.event, facts)
	subject, body, text = "", "", ""
	if channel.is_short:
		text, language = rendering.write_short(message.event, facts, reader, channel.templates)
		subject = text
	else:
		subject, body, language = rendering.write(message.event, facts, reader)
	about = {"message": message.name, "event": message.event}
	return Delivery(subject, body, link, message.referral, reader, address, language, text, **about)


def _with_names(event: str, facts: dict) -> dict:
	"""Name the colleagues a message lists, as they are and wish it now."""
	fact = EVENTS[event].colleagues
	return {**facts, fact: naming.named(facts[fact])} if facts.get(fact) else facts


def hand_over(message: Document, delivery: Delivery, channel: Channel, counts: Counts) -> None:
	"""Give the channel what is written, and mark the message."""
	sent_as = channel.send(delivery)
	mark(message, delivery, sent_as)
	asking.safely(channel, channel.worked, None)
	counts["sent" if sent_as else "skipped"] += 1


def mark(message: Document, delivery: Delivery, sent_as: tuple[str, str] | None) -> None:
	if sent_as:
		outbox.mark_sent(message, sent_as, **_without_key(_written(message, delivery), message))
	else:
		outbox.mark_skipped(message, _("This address has unsubscribed."), **_written(message, delivery))


def why_not(
	message: Document, facts: dict, channel: Channel | None, reader: Reader | None, address: str | None
) -> str | None:
	if not reader:
		return _("This person is no longer an active employee.")
	if not channel:
		return _("The channel {0} is not installed.").format(message.channel)
	if not asking.is_wanted(channel, reader):
		return _("This person does not want messages this way.")
	if not hears(reader.wishes, message.event):
		return _("This person does not want this message.")
	if not is_offered(message.event):
		return _("HR has switched this message off.")
	if not address:
		return _("This person can't be reached this way.")
	if is_stale(message.event, facts, now_datetime()):
		return _("The date in this message has passed.")
	if not _is_still_true(message, facts):
		return _why_untrue(message)
	if _takes_nothing_back(message, facts):
		return _("This person was not told of that interview.")
	if is_told_each_time(message.event, facts) and is_said_again(facts, outbox.newer_facts(message)):
		return _("A newer message says the same.")
	return None


def _takes_nothing_back(message: Document, facts: dict) -> bool:
	told = TAKES_BACK.get(message.event) if message.referral else None
	return bool(told) and not is_said_again(facts, outbox.was_sent(message, told))


def _why_untrue(message: Document) -> str:
	if is_about_interview(message.event) and message.event not in TAKES_BACK:
		return _("There is no interview on that date any more.")
	return _("The referral says something else by now.")


def skip(message: Document, facts: dict, why: str, counts: Counts) -> None:
	"""Leave a message untold; one that is not true now makes way for the same news when it is true again."""
	outbox.mark_skipped(message, why, **({} if _is_still_true(message, facts) else outbox.freed(message)))
	counts["skipped"] += 1


@contextmanager
def failure_recorded(message: Document, counts: Counts, channel: Channel | None = None) -> Iterator[None]:
	"""Undo what the block did when it fails, and note the failure with the message."""
	frappe.db.savepoint(SAVEPOINT)
	try:
		yield
	except frappe.QueryDeadlockError:
		raise
	except Exception as error:
		frappe.db.rollback(save_point=SAVEPOINT)
		record_failure(message, error)
		if channel:
			asking.safely(channel, lambda error=error: channel.failed(error), None)
		counts["failed"] += not isinstance(error, Later)
		if isinstance(error, ChannelIsDown):
			counts.down.add(message.channel)


def record_failure(message: Document, error: Exception) -> None:
	frappe.clear_messages()
	failed_in = "Template" if isinstance(error, rendering.UnreadableTemplate) else "Channel"
	if not isinstance(error, frappe.ValidationError):
		_log(message)
	if isinstance(error, Later):
		outbox.mark_later(message, _sentence(error), error.seconds)
	elif isinstance(error, Undeliverable):
		outbox.give_up(message, _sentence(error))
	elif message.state == outbox.SENDING and not isinstance(error, NotSent):
		outbox.mark_unknown(message, f"{outbox.unknown_outcome()} ({_sentence(error)})")
	else:
		outbox.mark_failed(message, _sentence(error), failed_in)


def _written(message: Document, delivery: Delivery) -> dict:
	"""Return what is kept of the words. Of a candidate no address is kept: the referral has it for as long as it may."""
	written = {
		"subject": delivery.subject,
		"content": delivery.body or frappe.utils.escape_html(delivery.text),
		"language": delivery.language,
		"to_address": None if message.candidate_of or message.pool_record else delivery.address,
	}
	return written | ({"segments": measure(delivery.text).segments} if delivery.text else {})


def _without_key(written: dict, message: Document) -> dict:
	"""Leave out the token of a candidate's link: once it is sent, nobody but the candidate has it."""
	facts = outbox.facts_of(message)
	path, _slash, token = str(facts.get("link") or "").rpartition("/")
	if not ((message.candidate_of or message.pool_record) and is_well_formed(token)):
		return written
	facts["link"] = path
	return {
		**written,
		"facts": frappe.as_json(facts, indent=None),
		"content": (written["content"] or "").replace(token, "…"),
	}


def _is_still_true(message: Document, facts: dict) -> bool:
	if not message.referral:
		return True
	stands = frappe.db.get_value("Referral", message.referral, ["stage", "outcome", "job_applicant"])
	if not stands:
		return not message.candidate_of
	*standing, applicant = stands
	interviews = _interviews_ahead(applicant) if is_about_interview(message.event) else ()
	return is_still_true(message.event, facts, *standing, interviews)


def _interviews_ahead(applicant: str | None) -> list[str]:
	"""Return when an applicant's interviews begin, by HRMS as it is now. By date: one made anew for it is the same news."""
	made = {"job_applicant": applicant, "docstatus": ("<", 2), "status": ("in", NO_RESULT_YET)}
	rows = frappe.get_all("Interview", made, ["scheduled_on", "from_time"]) if applicant else []
	begin = [_moment(row) for row in rows if row.scheduled_on and row.from_time is not None]
	return [moment.isoformat(sep=" ", timespec="seconds") for moment in begin]


def _moment(interview) -> datetime:
	return datetime.combine(interview.scheduled_on, time()) + interview.from_time


def _sentence(error: BaseException) -> str:
	return strip_html(str(error)) or type(error).__name__


def _log(message: Document) -> None:
	frappe.log_error(
		title="Referral Message not sent",
		reference_doctype=message.doctype,
		reference_name=message.name,
	)
