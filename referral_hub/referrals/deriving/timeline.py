"""Writes the timeline of a referral: one append-only Referral Event per move, numbered without gaps.

The caller holds the lock on the Referral row. Inserting an event makes everything else follow (`flow/`).
"""

from datetime import datetime

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub.referrals.rules.moves import INTERVIEW_OFF, Kind, Move


def record(referral: str | Document, last_seq: int, moves: list[Move], is_history: bool = False) -> None:
	"""Record what happened; what is history is told to nobody. A document spares those who follow reading it again."""
	for seq, move in enumerate(moves, start=last_seq + 1):
		event = frappe.new_doc("Referral Event")
		event.update(
			{
				"referral": referral if isinstance(referral, str) else referral.name,
				"seq": seq,
				"kind": move.kind.value,
				"stage": move.stage.value,
				"outcome": move.outcome.value,
				"happened_on": move.happened_on,
				"recorded_on": now_datetime(),
				"reason": move.reason,
				"words": move.words,
				"facts": frappe.as_json(move.facts),
			}
		)
		event.flags.is_history = is_history
		event.flags.referral = None if isinstance(referral, str) else referral
		event.insert(ignore_permissions=True, ignore_links=True)


def last_told(referral: str, locking: bool):
	"""Return where the timeline says the referral is (seq, stage, outcome), None before its first event.

	`locking` reads what is committed now, not as this transaction began.
	"""
	return frappe.db.get_value(
		"Referral Event",
		{"referral": referral},
		("seq", "stage", "outcome"),
		order_by="seq desc",
		for_update=locking,
		as_dict=True,
	)


def announced_interviews(referral: str) -> dict[str, datetime]:
	"""Return the date told last for each interview that was not called off; the oldest events name only its round."""
	rows = frappe.get_all(
		"Referral Event",
		filters={"referral": referral, "kind": ("in", [Kind.INTERVIEW.value, Kind.NOTE.value])},
		fields=["facts", "happened_on"],
		order_by="seq asc",
	)
	announced = {}
	for row in rows:
		told = frappe.parse_json(row.facts or "{}")
		if told.get("note") == INTERVIEW_OFF:
			announced.pop(told["interview"], None)
		elif not told.get("note"):
			announced[told.get("interview") or told["round"]] = row.happened_on
	return announced
