"""Who is meant: reads an audience from a document's tables, and people as an audience sees them. Decides nothing: `rules.audience`."""

from collections.abc import Collection

import frappe
from frappe.utils import cint

from referral_hub.announcing.club import members
from referral_hub.announcing.rules.audience import Audience, Person, is_for
from referral_hub.people import departments
from referral_hub.people.employments import ACTIVE

FIELDS = ("name", "company", "department", "designation", "branch")
AT_ONCE = 500


def of(row) -> Audience:
	"""Return for whom an announcement or an event is."""
	named: dict[str, set[str]] = {}
	for each in row.get("audience") or ():
		named.setdefault(each.kind, set()).add(each.value)
	return Audience(
		companies=frozenset(each.company for each in row.get("companies") or ()),
		named={kind: frozenset(values) for kind, values in named.items()},
		only_club=bool(cint(row.get("only_club"))),
	)


def person(employee: str) -> Person | None:
	"""Return this employee as an audience sees them; None for who is not active."""
	found = people([employee])
	return found.get(employee)


def people(employees: Collection[str]) -> dict[str, Person]:
	"""Return those of these employees who are active, in two queries."""
	rows = _rows({"name": ("in", [*employees])}) if employees else ()
	return _as_people(rows)


def next_people(after: str) -> dict[str, Person]:
	"""Return the next active employees by name."""
	return _as_people(_rows({"name": (">", after)}, limit=AT_ONCE))


def count(audience: Audience) -> int:
	"""Count for how many active employees something is."""
	return sum(is_for(audience, each) for each in _as_people(_rows({})).values())


def _rows(filters: dict, limit: int = 0) -> list:
	asked = {**filters, "status": ACTIVE}
	return frappe.get_all("Employee", asked, [*FIELDS], order_by="name asc", limit_page_length=limit)


def _as_people(rows) -> dict[str, Person]:
	tree, club = (departments.parents(), members.everybody()) if rows else ({}, set())
	return {
		row.name: Person(
			company=row.company,
			departments=departments.with_ancestors(row.department, tree),
			designation=row.designation,
			branch=row.branch,
			in_club=row.name in club,
		)
		for row in rows
	}
