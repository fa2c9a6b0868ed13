"""Notes of what HR renamed that frozen promises may still name as before, until all of them follow. Writes nothing else.

Kept among Frappe's defaults under a parent of our own: written in the transaction of the rename, so that neither a job that is lost
nor a queue that is away loses it.
"""

import json
from datetime import datetime
from typing import NamedTuple

import frappe
from frappe.utils import get_datetime, now_datetime

PARENT = "referral_hub_renamed"


class Note(NamedTuple):
	name: str
	doctype: str
	old: str
	new: str
	on: datetime


def add(doctype: str, old: str, new: str) -> None:
	"""Note a rename. What was renamed twice is renamed to the last name; renamed back, it is renamed no longer."""
	for note in all_of(doctype):
		if note.old == new:
			forget(note.name)
		elif note.new == old:
			_write(note._replace(new=new))
	_write(Note(frappe.generate_hash(length=10), doctype, old, new, now_datetime()))


def now_named(doctype: str, name: str) -> str:
	"""Return how something is called now that promises may still name as before."""
	return next((note.new for note in all_of(doctype) if note.old == name), name)


def all_of(doctype: str | None = None) -> list[Note]:
	"""Return what was renamed and is not followed to the end yet, oldest first."""
	filters = {"parent": PARENT} | ({"defkey": doctype} if doctype else {})
	order = "creation asc, name asc"
	rows = frappe.get_all("DefaultValue", filters, ["name", "defvalue"], order_by=order, as_list=True)
	return [_read(*row) for row in rows]


def locked(name: str) -> Note | None:
	"""Return a note as it is now; None when that rename was followed, or taken back."""
	kept = frappe.db.get_value("DefaultValue", {"parent": PARENT, "name": name}, "defvalue", for_update=True)
	return _read(name, kept) if kept else None


def forget(name: str | None = None) -> None:
	"""Forget one, or all."""
	frappe.db.delete("DefaultValue", {"parent": PARENT} | ({"name": name} if name else {}))


def _read(name: str, kept: str) -> Note:
	doctype, old, new, on = json.loads(kept)
	return Note(name, doctype, old, new, get_datetime(on))


def _write(note: Note) -> None:
	kept = json.dumps([note.doctype, note.old, note.new, str(note.on)])
	forget(note.name)
	row = {"name": note.name, "parent": PARENT, "parenttype": PARENT, "parentfield": "system_defaults"}
	frappe.get_doc(row | {"doctype": "DefaultValue", "defkey": note.doctype, "defvalue": kept}).db_insert()
