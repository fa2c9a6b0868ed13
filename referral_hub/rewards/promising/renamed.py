"""What frozen promises name keeps its meaning when HR renames it: a designation the hire must have, a Leave Type, a badge.

Documents that link to it are the platform's to follow; frozen terms are JSON, which it does not look into. Called by the hooks of
`hrms_events`, in the transaction of the rename: a promise that lost its Leave Type could never be paid.
"""

import json

import frappe

from referral_hub.rewards import promises
from referral_hub.rewards.promising.rulebook import HIRE_FIELDS

ROW = "Reward Rule Milestone"


def follow(doctype: str, old: str, new: str) -> None:
	"""Write the new name into the terms of referrals and the details of rewards."""
	names = _fields(ROW, doctype)
	wanted = {HIRE_FIELDS[field] for field in _fields("Reward Rule", doctype) if field in HIRE_FIELDS}
	for referral, kept in _holding("Referral", "terms", old):
		_write("Referral", referral, "terms", _in_terms(kept, names, wanted, old, new))
	for reward, kept in _holding(promises.DOCTYPE, "details", old):
		_write(promises.DOCTYPE, reward, "details", _put(kept, names, old, new))


def _fields(doctype: str, linked: str) -> set[str]:
	return {
		field.fieldname for field in frappe.get_meta(doctype).get_link_fields() if field.options == linked
	}


def _in_terms(terms: dict, names: set[str], wanted: set[str], old: str, new: str) -> dict:
	"""Return terms with the new name, also those that count several hires, and those that wait beside why nothing is paid."""
	terms = dict(terms)
	if terms.get("hire"):
		terms["hire"] = _put(terms["hire"], wanted, old, new)
	rows = terms.get("milestones") or []
	terms["milestones"] = [row | {"details": _put(row.get("details") or {}, names, old, new)} for row in rows]
	for part in ("counting", "promised"):
		if terms.get(part):
			terms[part] = _in_terms(terms[part], names, wanted, old, new)
	return terms


def _put(kept: dict, names: set[str], old: str, new: str) -> dict:
	return {name: new if name in names and value == old else value for name, value in kept.items()}


def _holding(doctype: str, field: str, name: str) -> list[tuple[str, dict]]:
	"""Find the rows whose JSON has a name, written in either way JSON may write it."""
	table = frappe.qb.DocType(doctype)
	locate = frappe.query_builder.CustomFunction("LOCATE", ["part", "whole"])
	plain, escaped = json.dumps(name, ensure_ascii=False), json.dumps(name)
	query = frappe.qb.from_(table).select(table.name, table[field])
	query = query.where((locate(plain, table[field]) > 0) | (locate(escaped, table[field]) > 0))
	return [(row, json.loads(kept)) for row, kept in query.run()]


def _write(doctype: str, name: str, field: str, kept: dict) -> None:
	frappe.db.set_value(doctype, name, field, frappe.as_json(kept), update_modified=False)
