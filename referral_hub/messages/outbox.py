"""The outbox: one Referral Message per (news, person, channel), written where the news happened, handed over later.

Owns the rows and their states. Refuses to decide who is told what (`service`) and to write words (`rendering`).
"""

import json

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub import kept
from referral_hub.messages.rules.delivery import next_try_on

PENDING, SENT, SKIPPED, FAILED = "Pending", "Sent", "Skipped", "Failed"
UNIQUE_COLUMNS = ("event_key", "recipient", "channel")
SUBJECT_LENGTH = 140
SAVEPOINT = "referral_hub_message"


def put(message: dict) -> bool:
	"""Insert a message inside the caller's transaction; False when this person was told this way before.

	The look spares an insert in vain; the UNIQUE index decides: of two transactions that tell the same at once the second waits
	for the first. The savepoint keeps the caller's own work.
	"""
	if frappe.db.exists("Referral Message", {column: message[column] for column in UNIQUE_COLUMNS}):
		return False
	frappe.db.savepoint(SAVEPOINT)
	try:
		with kept.writing(frappe.get_doc(doctype="Referral Message", state=PENDING, **message)) as row:
			row.insert(ignore_permissions=True, ignore_links=True)
	except frappe.UniqueValidationError:
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_last_message()
		return False
	frappe.db.release_savepoint(SAVEPOINT)
	return True


def due(limit: int) -> list[str]:
	"""Return the messages whose turn it is, oldest first. Reads without a lock: `claim` decides."""
	Message = frappe.qb.DocType("Referral Message")
	return (
		frappe.qb.from_(Message)
		.select(Message.name)
		.where(Message.state == PENDING)
		.where(Message.next_try_on.isnull() | (Message.next_try_on <= now_datetime()))
		.orderby(Message.creation)
		.limit(limit)
		.run(pluck=True)
	)


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


def has_newer(message: Document) -> bool:
	"""Say whether this person was told the same event of the same referral again, after this message."""
	same = {field: message.get(field) for field in ("referral", "event", "recipient", "channel")}
	if not message.referral:
		return False
	return bool(frappe.db.exists("Referral Message", {**same, "creation": (">", message.creation)}))


def mark_sent(message: Document, sent_as: tuple[str, str], **written) -> None:
	doctype, name = sent_as
	_set(message, state=SENT, sent_on=now_datetime(), sent_as_doctype=doctype, sent_as=name, **written)


def mark_skipped(message: Document, why: str, **written) -> None:
	_set(message, state=SKIPPED, **{"error": why, **written})


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


def put_back(names: list[str]) -> None:
	"""Let these messages start again from their first try."""
	if not names:
		return
	Message = frappe.qb.DocType("Referral Message")
	(
		frappe.qb.update(Message)
		.set(Message.state, PENDING)
		.set(Message.attempts, 0)
		.set(Message.next_try_on, None)
		.set(Message.modified, now_datetime())
		.where(Message.name.isin(names) & Message.state.isin([PENDING, FAILED, SKIPPED]))
		.run()
	)


def _set(message: Document, **values) -> None:
	values.setdefault("error", None)
	if "subject" in values:
		values["subject"] = values["subject"][:SUBJECT_LENGTH]
	message.db_set(values, notify=True)
