"""Counts who has how many tickets of a draw: in four queries, whoever many take part. Called when a draw is closed."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.utils import add_days, cint, now

from referral_hub.people import employments
from referral_hub.permissions import HR_ROLES
from referral_hub.points.rules import draw, shop
from referral_hub.points.rules.draw import Rules

DOCTYPE = "Prize Draw Ticket"
NO_REFERRAL = ("Duplicate", "Ineligible", "Expired")


@dataclass
class Done:
	"""What somebody did within the days of a draw."""

	referrals: int = 0
	hires: int = 0
	points: int = 0


def rules_of(row) -> Rules:
	return Rules(
		cint(row.tickets_per_referral),
		cint(row.tickets_per_hire),
		cint(row.points_per_ticket),
		cint(row.most_tickets),
	)


def publish(row) -> dict[str, int]:
	"""Keep the tickets of everybody who has one, under a code of their own; return code -> tickets."""
	done, found = _done(row), {}
	for person in _taking_part(row, done):
		did = done[person.stands_for]
		number = draw.tickets(rules_of(row), did.referrals, did.hires, did.points)
		if number:
			found[secrets.token_hex(6)] = (person, number, did)
	_keep(row.name, found)
	return {code: number for code, (_person, number, _did) in found.items()}


def has_one(draw_name: str, user: str) -> bool:
	"""Say whether whoever logs in as this user takes part in a draw, by any of their records."""
	mine = frappe.get_all("Employee", {"user_id": user}, pluck="name")
	records = {record for name in mine for record in employments.records_of(name)}
	return bool(records and frappe.db.exists(DOCTYPE, {"draw": draw_name, "employee": ("in", [*records])}))


def _done(row) -> dict[str, Done]:
	"""Add up what was done, by the one record that stands for a person."""
	stands_for, found = employments.persons(), {}
	for field, rows in _counted(row).items():
		for employee, number in rows:
			did = found.setdefault(stands_for.get(employee, employee), Done())
			setattr(did, field, getattr(did, field) + cint(number))
	return found


def _counted(row) -> dict[str, Iterable[tuple[str, int]]]:
	days = {"since": row.from_day, "before": add_days(row.to_day, 1), "no_referral": NO_REFERRAL}
	days["may_come_back"] = (shop.HELD, shop.APPROVED)  # a buyer who cancels after the draw has spent nothing
	referrals = """select referrer, count(*) from `tabReferral`
		where submitted_on >= %(since)s and submitted_on < %(before)s and stage != 'Invited'
		and outcome not in %(no_referral)s and (ifnull(disabled, 0) = 0 or erased_on is not null) group by referrer"""
	hires = """select referrer, count(*) from `tabReferral`
		where joined_on >= %(since)s and joined_on < %(before)s and outcome = 'Hired' group by referrer"""
	spent = """select wallet.employee, sum(if(entry.direction = 'Out', entry.points, -entry.points))
		from `tabPoints Ledger Entry` entry
		join `tabPoints Account` counter on counter.name = entry.counter and counter.kind = 'Shop'
		join `tabPoints Account` wallet on wallet.name = entry.account
		where entry.posted_on >= %(since)s and entry.posted_on < %(before)s
			and entry.name not in (select ordered.entry from `tabReward Order` ordered
				where ordered.state in %(may_come_back)s and ordered.entry is not null)
		group by wallet.employee"""
	queries = {"referrals": referrals, "hires": hires, "points": spent}
	return {field: frappe.db.sql(query, days) for field, query in queries.items()}


def _taking_part(row, done: dict[str, Done]) -> list:
	"""Return the active records of those who may win, one for each person, in one order."""
	stands_for = employments.persons()
	companies = {each.company for each in row.companies}
	left_out = {stands_for.get(each.employee, each.employee) for each in row.exclusions}
	of_hr = _users_of_hr() if row.leave_out_hr else set()
	people = frappe.get_all(
		"Employee", {"status": "Active"}, ["name", "employee_name", "company", "user_id"], order_by="name asc"
	)
	found = {}
	for person in people:
		person.stands_for = stands_for.get(person.name, person.name)
		if person.stands_for in left_out or person.user_id in of_hr:
			left_out.add(person.stands_for)
		elif person.stands_for in done and (not companies or person.company in companies):
			found[person.stands_for] = person
	return [person for key, person in found.items() if key not in left_out]


def _users_of_hr() -> set[str]:
	return set(
		frappe.get_all("Has Role", {"role": ("in", sorted(HR_ROLES)), "parenttype": "User"}, pluck="parent")
	)


def _keep(draw_name: str, found: dict) -> None:
	fields = [
		*(
			"name",
			"creation",
			"modified",
			"owner",
			"modified_by",
			"docstatus",
			"draw",
			"employee",
			"employee_name",
		),
		*("company", "code", "tickets", "referrals", "hires", "points_spent", "ticket_key"),
	]
	at, by = now(), frappe.session.user
	values = [
		(
			*(
				frappe.generate_hash(length=20),
				at,
				at,
				by,
				by,
				0,
				draw_name,
				person.name,
				person.employee_name,
			),
			*(person.company, code, number, did.referrals, did.hires, did.points),
			f"{draw_name}:{person.stands_for}",
		)
		for code, (person, number, did) in found.items()
	]
	if values:
		frappe.db.bulk_insert(DOCTYPE, fields, values)
