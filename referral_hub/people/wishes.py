"""What people wish others to see of them, by whichever of their Employee records they said it. Writes nothing."""

from collections.abc import Collection

import frappe

from referral_hub.people import employments

PREFERENCE = "Referral Preference"
FIELDS = ("incognito", "level_visibility")


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
	"""Return every record of those who wish not to be named. A few queries, and two for each of them with several records."""
	said = set(frappe.get_all(PREFERENCE, {"incognito": 1}, pluck="employee"))
	tied = employments.with_others(said) & said if said else ()
	return incognito_among(said | {other for name in tied for other in employments.records_of(name)})


def _said_by(names: Collection[str]) -> list:
	return frappe.get_all(
		PREFERENCE, {"employee": ("in", [*names])}, ["employee", *FIELDS], order_by="modified desc"
	)
