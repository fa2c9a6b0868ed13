"""What frozen promises name keeps its meaning when HR renames it: a designation the hire must have, a Leave Type, a badge.

Documents that link to it are the platform's to follow; frozen terms are JSON, which it does not look into. Where few promises name
the thing they follow in the transaction of the rename; many follow in a job, some in a transaction. Each is read anew under its
lock, so that what is frozen in the same moment is not lost. The hourly task goes on with what was left (rename_notes.py), and looks
once more for what was frozen by somebody who had read the old name before.
"""

import json
from collections.abc import Iterator

import frappe
from frappe.utils import add_to_date, now_datetime
from pypika.functions import Cast
from pypika.terms import Criterion

from referral_hub.background import start_after_commit
from referral_hub.rewards import promises
from referral_hub.rewards.promising import rename_notes
from referral_hub.rewards.promising.rename_notes import Note
from referral_hub.rewards.promising.rulebook import HIRE_FIELDS

ROW = "Reward Rule Milestone"
HOLDING = (("Referral", "terms"), (promises.DOCTYPE, "details"))
AT_ONCE = 100
READ_AT_ONCE = 10_000
# transactions end sooner: what was read before a rename is committed by then
HOURS_LOOKED_AFTER = 1

Chunk = tuple[str, str, str, list[str]]


def follow(doctype: str, old: str, new: str) -> None:
	"""Write the new name into the terms of referrals and the details of rewards, or let a job do it where they are many."""
	if not _fields(ROW, doctype) and not _wanted(doctype):
		return
	for note in rename_notes.all_of(doctype):
		if note.old == new and note.new != old:
			_finish(note)  # its old name means something else from now on
	rename_notes.add(doctype, old, new)
	found = None if any(map(_is_long, dict(HOLDING))) else _few_holding(old)
	if found is None:
		start_after_commit("referral_hub.tasks.follow_renames", queue="long", once_as="referral_hub_renamed")
		return
	note = Note("", doctype, old, new, now_datetime())
	for where, field, name in found:
		_rewrite(where, field, name, note)


def under_way() -> list[str]:
	"""Return the notes of what was renamed lately, or is not followed to the end."""
	return [note.name for note in rename_notes.all_of()]


def chunks(name: str) -> Iterator[Chunk]:
	"""Yield what names a thing as it was called before, as many together as one transaction is to change."""
	note = rename_notes.locked(name)
	for where, field in HOLDING if note else ():
		last = ""
		while names := _holding(where, field, note.old, AT_ONCE, last):
			last = names[-1]
			yield name, where, field, names


def follow_chunk(chunk: Chunk) -> None:
	"""Let some promises follow a rename, unless that was taken back meanwhile."""
	note, where, field, names = chunk
	if note := rename_notes.locked(note):
		for name in names:
			_rewrite(where, field, name, note)


def end(name: str) -> None:
	"""Forget a rename that every promise follows, once nobody can freeze the old name any more who has read it before."""
	note = rename_notes.locked(name)
	if not note or note.on > add_to_date(now_datetime(), hours=-HOURS_LOOKED_AFTER):
		return
	left = (row for _note, *where, names in chunks(name) for row in names if _renamed_in(*where, row, note))
	if next(left, None) is None:
		rename_notes.forget(name)


def _finish(note: Note) -> None:
	for chunk in chunks(note.name):
		follow_chunk(chunk)


def _is_long(doctype: str) -> bool:
	"""Say whether there are so many rows that whoever renames would wait for them to be read."""
	return bool(frappe.get_all(doctype, limit_start=READ_AT_ONCE, limit_page_length=1, order_by="name asc"))


def _few_holding(old: str) -> list[tuple[str, str, str]] | None:
	"""Return the rows that name something by its old name; None where they are many."""
	found = [(*where, name) for where in HOLDING for name in _holding(*where, old, AT_ONCE + 1)]
	return found if len(found) <= AT_ONCE else None


def _holding(doctype: str, field: str, name: str, limit: int, after: str = "") -> list[str]:
	"""Find rows whose JSON has a name, written in either way JSON may write it, in the order of their own names."""
	table = frappe.qb.DocType(doctype)
	locate = frappe.query_builder.CustomFunction("LOCATE", ["part", "whole"])
	kept = Cast(table[field], "BINARY")  # letter by letter in its collation it would take five times as long
	written = {json.dumps(name, ensure_ascii=False), json.dumps(name)}
	is_named = Criterion.any([locate(each, kept) > 0 for each in sorted(written)])
	query = frappe.qb.from_(table).select(table.name).where((table.name > after) & is_named)
	return query.orderby(table.name).limit(limit).run(pluck=True)


def _rewrite(where: str, field: str, name: str, note: Note) -> None:
	if renamed := _renamed_in(where, field, name, note, for_update=True):
		frappe.db.set_value(where, name, field, frappe.as_json(renamed), update_modified=False)


def _renamed_in(where: str, field: str, name: str, note: Note, for_update: bool = False) -> dict | None:
	"""Return what one row is to say, read as it is now; None when it says that, or means what is called so since."""
	found = frappe.db.get_value(where, name, [field, "creation"], for_update=for_update)
	kept, made_on = found or (None, None)
	if not kept or (made_on > note.on and frappe.db.exists(note.doctype, note.old)):
		return None
	names, was = _fields(ROW, note.doctype), json.loads(kept)
	if field == "terms":
		renamed = _in_terms(was, names, _wanted(note.doctype), note.old, note.new)
	else:
		renamed = _put(was, names, note.old, note.new)
	return renamed if renamed != was else None


def _wanted(doctype: str) -> set[str]:
	"""Return what of a hire a rule may ask for that is such a thing."""
	return {HIRE_FIELDS[field] for field in _fields("Reward Rule", doctype) if field in HIRE_FIELDS}


def _fields(doctype: str, linked: str) -> set[str]:
	return {
		field.fieldname for field in frappe.get_meta(doctype).get_link_fields() if field.options == linked
	}


def _in_terms(terms: dict, names: set[str], wanted: set[str], old: str, new: str) -> dict:
	"""Return terms with the new name, also those that count several hires, and those that wait beside why nothing is paid."""
	terms = dict(terms)
	if terms.get("hire"):
		terms["hire"] = _put(terms["hire"], wanted, old, new)
	if rows := terms.get("milestones"):
		terms["milestones"] = [
			row | {"details": _put(row["details"], names, old, new)} if row.get("details") else row
			for row in rows
		]
	for part in ("counting", "promised"):
		if terms.get(part):
			terms[part] = _in_terms(terms[part], names, wanted, old, new)
	return terms


def _put(kept: dict, names: set[str], old: str, new: str) -> dict:
	return {name: new if name in names and value == old else value for name, value in kept.items()}
