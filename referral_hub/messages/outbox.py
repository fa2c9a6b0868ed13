"""The outbox: one Referral Message per (news, person, channel), written where the news happened, handed over later.

Owns the rows and their states. Refuses to decide who is told what (`service`), when (`planning`) and to write words
(`rendering`). Sending is a state of its own for what leaves the site: committed before, so that a process that dies after it
is seen, and what it was at is never sent twice by us.
"""

import json
from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub.messages.rules.delivery import next_try_on, put_off_until
from referral_hub.messages.rules.events import event_key

PENDING, SENDING, SENT, SKIPPED, FAILED = "Pending", "Sending", "Sent", "Skipped", "Failed"
UNIQUE_COLUMNS = ("event_key", "recipient", "candidate_of", "pool_record", "in_group", "channel")
SUBJECT_LENGTH = 140
# longer than any job runs: a message that is Sending for so long has lost its process
ABANDONED_AFTER = timedelta(minutes=30)


def put(messages: list[dict]) -> bool:
	"""Insert messages with the same columns inside the caller's transaction; say whether any of them was news.

	One statement, because everybody who refers or saves waits for it. The UNIQUE indexes decide: of two transactions that
	tell the same at once the second waits for the first, and gets the name of its row back instead of its own.
	"""
	if not messages:
		return False
	at, user = now_datetime(), frappe.session.user
	made = {"owner": user, "modified_by": user, "creation": at, "modified": at, "state": PENDING}
	rows = [{"name": frappe.generate_hash(length=20), **made, **message} for message in messages]
	columns, marks = ", ".join(f"`{column}`" for column in rows[0]), ", ".join(["%s"] * len(rows[0]))
	kept = frappe.db.sql(
		f"""insert into `tabReferral Message` ({columns}) values {", ".join([f"({marks})"] * len(rows))}
		on duplicate key update modified = modified returning name""",
		tuple(row[column] for row in rows for column in rows[0]),
	)
	return bool({name for (name,) in kept} & {row["name"] for row in rows})


def due(limit: int) -> list[str]:
	"""Return the messages whose turn it is, oldest first. Reads without a lock: `claim` decides."""
	Message, is_due = _due()
	query = frappe.qb.from_(Message).select(Message.name).where(is_due & (Message.in_digest == 0))
	return query.orderby(Message.creation).limit(limit).run(pluck=True)


def due_digests() -> list[tuple[str, str]]:
	"""Return for whom, and by which channel, collected messages are due."""
	Message, is_due = _due()
	query = frappe.qb.from_(Message).select(Message.recipient, Message.channel).distinct()
	return query.where(is_due & (Message.in_digest == 1)).orderby(Message.recipient).run()


def collected(recipient: str, channel: str) -> list[str]:
	"""Return what is due of one person's digest, oldest first."""
	Message, is_due = _due()
	query = frappe.qb.from_(Message).select(Message.name).orderby(Message.creation)
	query = query.where(is_due & (Message.in_digest == 1))
	return query.where((Message.recipient == recipient) & (Message.channel == channel)).run(pluck=True)


def claim(name: str) -> Document | None:
	"""Lock one message for this transaction; None when another process has it or has dealt with it.

	One row by primary key: no gap is locked, so nobody who is telling something waits for a mail being written.
	"""
	Message = frappe.qb.DocType("Referral Message")
	rows = (
		frappe.qb.from_(Message)
		.select(Message.star)
		.where(Message.name == name)
		.for_update(skip_locked=True)
		.run(as_dict=True)
	)
	if not rows or rows[0].state != PENDING:
		return None
	return frappe.get_doc(dict(rows[0], doctype="Referral Message"))


def facts_of(message: Document) -> dict:
	return json.loads(message.facts or "{}")


def newer_facts(message: Document) -> list[dict]:
	"""Return the facts of what this person was told after it by this way: the same event of the same referral."""
	if not message.referral:
		return []
	same = {
		field: message.get(field) for field in ("referral", "event", *_told(message)) if field != "event_key"
	}
	newer = {**same, "creation": (">", message.creation)}
	return [json.loads(facts or "{}") for facts in frappe.get_all("Referral Message", newer, pluck="facts")]


def was_sent(message: Document, event: str) -> list[dict]:
	"""Return the facts of what went out to this person by this way: another event of the same referral."""
	same = {field: message.get(field) for field in ("referral", *_told(message)) if field != "event_key"}
	sent = {**same, "event": event, "state": ("in", [SENDING, SENT])}
	return [json.loads(facts or "{}") for facts in frappe.get_all("Referral Message", sent, pluck="facts")]


def wait(message: Document, **until) -> None:
	"""Leave a message waiting: `waits_until`, `in_digest`."""
	_set(message, error=message.error, **until)


def mark_sending(message: Document, **written) -> None:
	_set(message, state=SENDING, **written)


def mark_sent(message: Document, sent_as: tuple[str, str], **written) -> None:
	doctype, name = sent_as
	_set(message, state=SENT, sent_on=now_datetime(), sent_as_doctype=doctype, sent_as=name, **written)


def mark_skipped(message: Document, why: str, **written) -> None:
	_set(message, state=SKIPPED, **{"error": why, **written})


def freed(message: Document) -> dict:
	"""Return what gives up the key of a message that was never told: the same news may be put again."""
	return {"event_key": event_key(message.event_key, message.name)}


def mark_failed(message: Document, why: str, failed_in: str) -> None:
	"""Count a failure: try again later, or leave the message to HR when the tries are used up."""
	attempts = (message.attempts or 0) + 1
	again = next_try_on(attempts, now_datetime())
	_set(
		message,
		state=PENDING if again else FAILED,
		attempts=attempts,
		next_try_on=again,
		error=why,
		failed_in=failed_in,
	)


def mark_later(message: Document, why: str, seconds: int) -> None:
	"""Let a message that was not taken for now wait; this counts as no try, and one that is never taken is left to HR."""
	times = (message.put_off or 0) + 1
	again = put_off_until(times, seconds, now_datetime())
	if not again:
		give_up(message, why)
		return
	_set(message, state=PENDING, put_off=times, next_try_on=again, error=why)


def give_up(message: Document, why: str) -> None:
	"""Leave to HR what would fail again however often it is tried."""
	attempts = (message.attempts or 0) + 1
	_set(message, state=FAILED, attempts=attempts, next_try_on=None, error=why, failed_in="Channel")


def mark_unknown(message: Document, why: str) -> None:
	"""Leave to HR what may have gone out."""
	_set(message, state=FAILED, error=why, failed_in="Unknown")


def give_up_abandoned() -> int:
	"""Leave to HR what a process was sending when it died: it may have gone out, so we don't send it again."""
	Message = frappe.qb.DocType("Referral Message")
	long_ago = now_datetime() - ABANDONED_AFTER
	query = frappe.qb.from_(Message).select(Message.name)
	names = query.where((Message.state == SENDING) & (Message.modified < long_ago)).run(pluck=True)
	for name in names:
		_set_where_sending(name, long_ago)
	return len(names)


def make_room_to_merge(old: str, new: str) -> None:
	"""Two employees who become one were told the same: what the one who goes was told gives up its key, and waits no longer."""
	gone, stays = frappe.qb.DocType("Referral Message"), frappe.qb.DocType("Referral Message").as_("stays")
	query = frappe.qb.from_(gone).inner_join(stays)
	query = query.on((stays.event_key == gone.event_key) & (stays.channel == gone.channel))
	query = query.where((gone.recipient == old) & (stays.recipient == new))
	for row in query.select(gone.name, gone.event_key, gone.state).run(as_dict=True):
		waits = {"state": SKIPPED, "error": _("Merged into {0}, who is told the same.").format(new)}
		values = freed(row) | (waits if row.state == PENDING else {})
		frappe.db.set_value("Referral Message", row.name, values, update_modified=False)


def put_back(names: list[str]) -> None:
	"""Let these messages start again from their first try, at once."""
	if not names:
		return
	Message = frappe.qb.DocType("Referral Message")
	(
		frappe.qb.update(Message)
		.set(Message.state, PENDING)
		.set(Message.attempts, 0)
		.set(Message.put_off, 0)
		.set(Message.next_try_on, None)
		.set(Message.waits_until, None)
		.set(Message.in_digest, 0)
		.set(Message.modified, now_datetime())
		.where(Message.name.isin(names) & Message.state.isin([PENDING, FAILED, SKIPPED]))
		.run()
	)


def unknown_outcome() -> str:
	return _("It is not known whether this message went out. Ask the person, or send it again.")


def _due():
	Message, now = frappe.qb.DocType("Referral Message"), now_datetime()
	return Message, (
		(Message.state == PENDING)
		& (Message.next_try_on.isnull() | (Message.next_try_on <= now))
		& (Message.waits_until.isnull() | (Message.waits_until <= now))
	)


def _told(message) -> tuple[str, ...]:
	"""Return the columns of the UNIQUE index this message falls under: an employee's, a candidate's, one of the pool or a group's."""
	reader = next(
		(column for column in ("candidate_of", "pool_record", "in_group") if message.get(column)), "recipient"
	)
	return ("event_key", reader, "channel")


def _set_where_sending(name: str, before: datetime) -> None:
	Message = frappe.qb.DocType("Referral Message")
	(
		frappe.qb.update(Message)
		.set(Message.state, FAILED)
		.set(Message.error, unknown_outcome())
		.set(Message.failed_in, "Unknown")
		.set(Message.modified, now_datetime())
		.where((Message.name == name) & (Message.state == SENDING) & (Message.modified < before))
		.run()
	)


def _set(message: Document, **values) -> None:
	values.setdefault("error", None)
	if "subject" in values:
		values["subject"] = values["subject"][:SUBJECT_LENGTH]
	message.db_set(values, notify=True)
