"""What people wish others to see of them, by whichever of their Employee records they said it. Writes nothing."""

from collections.abc import Collection

import frappe

from referral_hub.people import employments

PREFERENCE = "Referral Preference"
FIELDS = ("incognito", "level_visibility", "thanks")
# what is said of being thanked in public
YES, NO = "Yes", "No"


def wishes_of(employees: Collection[str]) -> dict[str, frappe._dict]:
	"""Return FIELDS of each of these who has said something: by this record, else by another one of theirs.

	Who is transferred keeps the preference on the record of before. Two queries, and two more for each person who has
	several records and no preference on this one.
	"""
	names = set(employees) - {None, ""}
	if not names:
		return {}
	found = {row.employee: row for row in _said_by(names)}
	unsaid = names - found.keys()
	for name in employments.with_others(unsaid) & unsaid if unsaid else ():
		if rows := _said_by(employments.records_of(name)):
			found[name] = rows[0]
	return found


def incognito_among(employees: Collection[str]) -> set[str]:
	"""Return who of these wishes not to be named."""
	return {name for name, said in wishes_of(employees).items() if said.incognito}


def everybody_incognito() -> set[str]:
	"""Return every record of those who wish not to be named. A few queries, however many they are."""
	return _everybody("incognito", 1)


def everybody_to_thank() -> set[str]:
	"""Return every record of those who gave leave to be thanked in public and do not wish to stay unnamed."""
	return {name for name, said in _wishes_of_all("thanks", YES).items() if may_be_thanked(said)}


def may_be_thanked(said: dict) -> bool:
	return said.get("thanks") == YES and not said.get("incognito")


def _everybody(field: str, value) -> set[str]:
	return {name for name, said in _wishes_of_all(field, value).items() if said.get(field) == value}


def _wishes_of_all(field: str, value) -> dict[str, frappe._dict]:
	"""Return what those wish who have said this anywhere, by every record of theirs."""
	said = set(frappe.get_all(PREFERENCE, {field: value}, pluck="employee"))
	if not said:
		return {}
	groups = employments.persons() if employments.with_others(said) & said else {}
	persons = {groups.get(name, name) for name in said}
	names = said | {name for name, person in groups.items() if person in persons}
	rows, by_record, by_person = _said_by(names), {}, {}
	for row in rows:
		by_record[row.employee] = row
		by_person.setdefault(groups.get(row.employee, row.employee), row)
	return {name: by_record.get(name) or by_person[groups.get(name, name)] for name in names}


def _said_by(names: Collection[str]) -> list:
	return frappe.get_all(
		PREFERENCE, {"employee": ("in", [*names])}, ["employee", *FIELDS], order_by="modified desc"
	)
