"""Hangs on the other person's record what HR said is theirs: what was said, with the mails, calls and requests that belong to it, signals, files."""

import frappe
from frappe.model.document import Document
from frappe.query_builder.functions import Count, Max

from referral_hub.talent.archive import contacts
from referral_hub.talent.parting import naming, waiting
from referral_hub.talent.parting.deciding import NOT_ASKED
from referral_hub.talent.rows import with_values
from referral_hub.talent.rules.identity import Side

RECORD, CONTACT, SIGNAL = "Talent Pool Record", contacts.DOCTYPE, "Talent Signal"


def move(record: str, other: Document, chosen, sides: tuple[Side, Side]) -> None:
	"""Move what was chosen (`splitting.Chosen`) from a record, which is saved already, to the other person's.

	What can't be chosen and names the other goes as well. `sides`: how who stays, and the other, are written.
	"""
	said = with_values(CONTACT, "name", chosen.contacts, ["name", "communication"])
	_point(CONTACT, [row.name for row in said], {"record": other.name})
	goes = {"record": other.name}
	for row in with_values(naming.PROMPT, "interaction", chosen.contacts, ["name", "prompt_key"]):
		naming.hand_over(row, other.name)
	requests = with_values(naming.REQUEST, "interaction", chosen.contacts, ["name"])
	_point(naming.REQUEST, [row.name for row in requests], goes)
	_move_signals(chosen.signals, other)
	mails = {row.communication for row in said} | chosen.mails
	_move_mails(mails, record, other.name)
	_move_last_words(mails, record, other.name)
	_point("File", chosen.files, {"attached_to_name": other.name})
	if other.erasure_asked_on:
		about = {"reference_type": RECORD, "reference_name": record, "status": "Open"}
		about["date"] = other.erasure_due_on  # tasks about something else stay, and their days
		_point("ToDo", frappe.get_all("ToDo", about, pluck="name"), {"reference_name": other.name})
	waiting.give(record, other.name)
	naming.give(record, other.name, *sides)
	for name in (record, other.name):
		_count(name)
		naming.say(name)
		waiting.say_why(name)


def _point(doctype: str, names, values: dict) -> None:
	if names:
		frappe.db.set_value(doctype, {"name": ("in", sorted(names))}, values, update_modified=False)


def _move_signals(signals, other: Document) -> None:
	"""Move what changed for the other person where they have agreed themselves: who has not, of them nothing is kept."""
	if other.consent_state == NOT_ASKED and signals:
		frappe.db.delete(SIGNAL, {"name": ("in", sorted(signals))})
	else:
		_point(SIGNAL, signals, {"record": other.name})


def _move_mails(mails: set[str], record: str, other: str) -> None:
	"""Move mails with what the queue says of them: Frappe asks it first where an answer belongs."""
	about = {"reference_doctype": RECORD, "reference_name": record}
	for doctype, column in (("Communication", "name"), ("Email Queue", "communication")):
		rows = with_values(doctype, column, mails, ["name"], **about)
		_point(doctype, [row.name for row in rows], {"reference_name": other})


def _move_last_words(mails: set[str], record: str, other: str) -> None:
	"""Frappe keeps the last words about a row also in a column of the row itself."""
	said = frappe.parse_json(frappe.db.get_value(RECORD, record, "_comments") or "[]")
	for name, is_others in ((record, False), (other, True)):
		words = frappe.as_json(
			[each for each in said if (each.get("name") in mails) == is_others], indent=None
		)
		frappe.db.set_value(RECORD, name, "_comments", words, update_modified=False)


def _count(record: str) -> None:
	table = frappe.qb.DocType(CONTACT)
	query = frappe.qb.from_(table).select(Count("*"), Max(table.happened_on))
	((number, last),) = query.where((table.record == record) & (table.direction != "")).run()
	values = {"contacts": number, "last_contact_on": last}
	frappe.db.set_value(RECORD, record, values, update_modified=False)
