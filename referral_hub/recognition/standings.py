"""What everybody has come to in each month, quarter and year: kept in rows, so that a leaderboard is one look at an index.

Derived from the same facts as the score, whenever a person is counted. Who has left has no rows.
"""

from datetime import date

import frappe
from frappe.utils import getdate

from referral_hub.recognition.policy import Policy
from referral_hub.recognition.reading import Known
from referral_hub.recognition.rules import leaderboard, score
from referral_hub.recognition.rules.done import done
from referral_hub.rewards.rules.periods import period_of

STANDING = "Referral Standing"
FIELDS = ("period", "length", "employee", "employee_name", "company", "department", "score", "hires")
COLUMNS = (*FIELDS, "referrals", "points")


def wanted(found: Known, who: dict, rules: Policy) -> dict[str, dict]:
	"""Return the rows a person is to have, by period."""
	if not who or not found.is_here:
		return {}
	months = {day for day, points in found.points.items() if points}
	rows = {}
	for period, length in leaderboard.periods_of(found.people, months).items():
		did = done(found.people, period, length)
		points = sum(number for day, number in found.points.items() if period_of(day, length) == period)
		rows[period] = {
			**who,
			"period": period,
			"length": length,
			"score": score.shown(score.score(did, rules.weights)),
			"hires": did.hires,
			"referrals": did.referrals,
			"points": max(0, points),
		}
	return rows


def is_out_of_date(found: Known, who: dict, rules: Policy) -> bool:
	rows = wanted(found, who, rules)
	return len(rows) != len(found.standings) or any(
		row.period not in rows or _differs(row, rows[row.period]) for row in found.standings
	)


def keep(found: Known, who: dict, rules: Policy) -> bool:
	"""Let the rows of a person be what they are to be; the person is locked by the caller."""
	if not is_out_of_date(found, who, rules):
		return False
	rows = wanted(found, who, rules)
	for row in found.standings:
		new = rows.pop(row.period, None)
		if new is None:
			frappe.db.delete(STANDING, {"name": row.name})
		elif _differs(row, new):
			frappe.db.set_value(STANDING, row.name, new, update_modified=False)
	for new in rows.values():
		frappe.get_doc({"doctype": STANDING, "name": frappe.generate_hash(length=12), **new}).db_insert()
	return True


def kept_of(names: list[str]) -> list:
	found = {"employee": ("in", names)}
	return frappe.get_all(STANDING, found, ["name", *COLUMNS], order_by="creation asc, name asc")


def points_of(names: list[str]) -> list[tuple[str, date, int]]:
	"""Return the points rewards have brought some people, by the first day of each month, less what was taken back.

	What was won in a draw, or came from elsewhere, says nothing of how somebody refers. A reversal has the source of its entry.
	"""
	rows = frappe.db.sql(
		"""select wallet.employee, date_format(entry.posted_on, '%%Y-%%m-01') month,
			sum(if(entry.direction = 'In', entry.points, -entry.points)) points
		from `tabPoints Account` wallet
		join `tabPoints Ledger Entry` entry on entry.account = wallet.name
		join `tabPoints Account` counter on counter.name = entry.counter and counter.kind = 'Issuance'
		where wallet.kind = 'Wallet' and wallet.employee in %(names)s
			and entry.source_doctype = 'Referral Reward' group by wallet.employee, month""",
		{"names": tuple(names)},
	)
	return [(employee, getdate(month), int(points)) for employee, month, points in rows]


def _differs(row, new: dict) -> bool:
	return any((row.get(name) or None) != (value or None) for name, value in new.items())
