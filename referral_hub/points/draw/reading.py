"""What an employee may see of draws: terms, commitment, their own tickets, winners, the proof. Plain reads, few queries."""

import frappe
from frappe.utils import cint

from referral_hub.people import employments, wishes
from referral_hub.points.draw import drawing, prizes, tickets
from referral_hub.points.rules import draw

FIELDS = [
	*(
		"name",
		"draw_name",
		"draw_name_zh",
		"state",
		"from_day",
		"to_day",
		"tickets_per_referral",
		"tickets_per_hire",
	),
	*(
		"points_per_ticket",
		"most_tickets",
		"outside_source",
		"outside",
		"commitment",
		"announced_on",
		"closed_on",
	),
	*("drawn_on", "tickets_in_all", "people", "cancelled_because"),
]
MOST = 10


def draws_for(employee) -> list[dict]:
	"""Return the draws that were announced to this employee's company, the newest first."""
	rows = frappe.get_all(
		drawing.DOCTYPE,
		{"state": ("!=", draw.DRAFT)},
		FIELDS,
		order_by="announced_on desc",
		limit_page_length=MOST,
	)
	companies = _companies([row.name for row in rows])
	return [row for row in rows if employee.company in companies.get(row.name, (employee.company,))]


def complete(rows: list, employee: str) -> list[dict]:
	"""Add prizes, winners and the employee's own tickets: a few queries."""
	names = [row.name for row in rows] or ["-"]
	mine = {"draw": ("in", names), "employee": ("in", employments.records_of(employee))}
	own = {
		row.draw: row
		for row in frappe.get_all(
			tickets.DOCTYPE, mine, ["draw", "code", "tickets", "referrals", "hires", "points_spent"]
		)
	}
	given = frappe.get_all(
		"Prize Draw Prize",
		{"parent": ("in", names)},
		["parent", "prize", "prize_zh", "how_many"],
		order_by="idx asc",
	)
	won = frappe.get_all(
		prizes.DOCTYPE,
		{"draw": ("in", names)},
		["draw", "place", "turn", "code", "employee", "employee_name", "prize", "prize_zh", "state", "why"],
		order_by="place asc, turn asc",
	)
	named = _named({row.employee for row in won})
	for row in won:
		row.who = row.employee_name if row.employee in named else row.code
	for row in rows:
		row.update(
			own=own.get(row.name),
			prizes=[each for each in given if each.parent == row.name],
			winners=[each for each in won if each.draw == row.name],
		)
	return rows


def proof(name: str, employee) -> dict | None:
	"""Return all that is needed to check a draw that was drawn; None where there is none for this employee."""
	if name not in [row.name for row in draws_for(employee)]:
		return None
	row = frappe.get_doc(drawing.DOCTYPE, name)
	if row.state != draw.DRAWN:
		return None
	won = frappe.get_all(
		prizes.DOCTYPE, {"draw": name}, ["place", "turn", "code", "why"], order_by="number asc"
	)
	return {
		"commitment": row.commitment,
		"terms": row.terms,
		"seed": row.seed,
		"outside": row.outside or "",
		"tickets": sorted([code, cint(number)] for code, number in drawing.entries_of(name).items()),
		"winners": [[each.place, each.turn, each.code] for each in won],
		"given_up": [[each.place, each.turn, each.why] for each in won if each.why],
	}


def _named(employees: set[str]) -> set[str]:
	"""Return who of these may be named: not who wishes not to be, nor who was deleted, of whom nobody knows it any more."""
	there = frappe.get_all("Employee", {"name": ("in", [*employees])}, pluck="name") if employees else []
	return set(there) - wishes.incognito_among(there)


def _companies(names: list[str]) -> dict[str, set[str]]:
	found: dict[str, set[str]] = {}
	filters = {"parenttype": drawing.DOCTYPE, "parent": ("in", names or ["-"])}
	for row in frappe.get_all("Referral Program Company", filters, ["parent", "company"]):
		found.setdefault(row.parent, set()).add(row.company)
	return found
