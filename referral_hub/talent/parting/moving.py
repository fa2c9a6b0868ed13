"""Hangs on the other person's record what HR said is theirs: what was said, with the mails, calls and requests that belong to it, signals, files."""

import frappe
from frappe.model.document import Document
from frappe.query_builder.functions import Count, Max
from frappe.utils import escape_html

from referral_hub.talent.archive import contacts
from referral_hub.talent.rows import with_values

RECORD, CONTACT = "Talent Pool Record", contacts.DOCTYPE
NAMED = ("Talent Prompt", "Recall Request", "Talent Signal")


def move(record: str, other: Document, chosen) -> None:
	"""Move what was chosen (`splitting.Chosen`) from a record, which is saved already, to the other person's."""
	said = with_values(CONTACT, "name", chosen.contacts, ["name", "communication"])
	_point(CONTACT, [row.name for row in said], {"record": other.name})
	goes = {"record": other.name}
	for row in with_values("Talent Prompt", "interaction", chosen.contacts, ["name", "prompt_key"]):
		_hand_over(row, other.name)
	requests = with_values("Recall Request", "interaction", chosen.contacts, ["name"])
	_point("Recall Request", [row.name for row in requests], goes)
	_point("Talent Signal", chosen.signals, goes)
	_move_mails({row.communication for row in said} | chosen.mails, record, other.name)
	_point("File", chosen.files, {"attached_to_name": other.name})
	if other.erasure_asked_on:
		about = {"reference_type": RECORD, "reference_name": record, "status": "Open"}
		_point("ToDo", frappe.get_all("ToDo", about, pluck="name"), {"reference_name": other.name})
	for name in (record, other.name):
		_count(name)
		_name(name)


def _point(doctype: str, names, values: dict) -> None:
	if names:
		frappe.db.set_value(doctype, {"name": ("in", sorted(names))}, values, update_modified=False)


def _hand_over(prompt, other: str) -> None:
	"""Let a prompt be the other person's; its step is free again for who stays, and is asked of them in its time."""
	_record, _colon, step = (prompt.prompt_key or "").partition(":")
	values = {"record": other, "prompt_key": f"{other}:{step}" if step else None}
	frappe.db.set_value("Talent Prompt", prompt.name, values, update_modified=False)


def _move_mails(mails: set[str], record: str, other: str) -> None:
	"""Move mails with what the queue says of them: Frappe asks it first where an answer belongs."""
	about = {"reference_doctype": RECORD, "reference_name": record}
	for doctype, column in (("Communication", "name"), ("Email Queue", "communication")):
		rows = with_values(doctype, column, mails, ["name"], **about)
		_point(doctype, [row.name for row in rows], {"reference_name": other})


def _count(record: str) -> None:
	table = frappe.qb.DocType(CONTACT)
	query = frappe.qb.from_(table).select(Count("*"), Max(table.happened_on))
	((number, last),) = query.where((table.record == record) & (table.direction != "")).run()
	values = {"contacts": number, "last_contact_on": last}
	frappe.db.set_value(RECORD, record, values, update_modified=False)


def _name(record: str) -> None:
	"""Say the name of the one person in what says a name, also in the task of whoever is to call them."""
	now = frappe.db.get_value(RECORD, record, "person_name")
	for doctype in NAMED:
		rows = frappe.get_all(
			doctype, {"record": record, "person_name": ("!=", now)}, ["name", "person_name"]
		)
		for row in rows:
			frappe.db.set_value(doctype, row.name, "person_name", now, update_modified=False)
			_name_in_tasks(doctype, row.name, row.person_name, now)


def _name_in_tasks(doctype: str, name: str, before: str, now: str) -> None:
	about = {"reference_type": doctype, "reference_name": name, "description": ("is", "set")}
	for task in frappe.get_all("ToDo", about, ["name", "description"]) if before else ():
		said = task.description.replace(escape_html(before), escape_html(now))
		frappe.db.set_value("ToDo", task.name, "description", said, update_modified=False)
