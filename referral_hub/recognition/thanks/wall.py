"""Reads the wall of thanks: who was thanked with a reward and lets it be said, and the badges that their owners show. Writes nothing.

Nothing is kept for it: whoever takes their leave back, hides a badge, leaves, or has a reward taken back is gone from it at
once. What was paid is never read here, nor for whom, nor how often in a month.
"""

from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe.utils import add_months, cint, getdate, nowdate

from referral_hub.people import employments, wishes
from referral_hub.recognition import policy, showing
from referral_hub.recognition.reading import AWARD, HELD
from referral_hub.recognition.thanks import paid

THANKS, BADGE = "Thanks", "Badge"
MONTHS = 12
MOST = 400


@dataclass
class Entry:
	"""What stands there of one person and one month: that they are thanked, and which badges came."""

	employee: str
	name: str
	department: str | None
	level: str | None
	day: date
	is_thanked: bool = False
	badges: list[str] = field(default_factory=list)


def is_on() -> bool:
	return bool(cint(frappe.get_cached_doc(policy.SETTINGS).show_wall))


def entries(company: str, today: date | None = None) -> list[Entry]:
	"""Return what stands on the wall of a company: of the last twelve months, the newest first, of at most 400 things."""
	today = getdate(today or nowdate())
	rows = _rows(company, today)
	levels = showing.levels_of({row.employee for row in rows})
	found: dict[tuple, Entry] = {}
	for row in rows:
		who = (row.employee, row.employee_name, row.department, levels.get(row.employee))
		entry = found.setdefault((row.employee, row.day.replace(day=1)), Entry(*who, row.day))
		if row.kind == THANKS:
			entry.is_thanked = True
		else:
			entry.badges.append(row.badge)
	return [*found.values()]


def _rows(company: str, today: date) -> list:
	"""Read what there is to say. Who has several records stands there by the one they have now."""
	seen = [choice for choice in ("", showing.SHOWN, showing.HIDDEN) if showing.is_shown(choice)]
	moved = employments.earlier_records(company)
	asked = {
		"company": company,
		"today": today,
		"since": add_months(today, -MONTHS),
		"thanked": tuple(wishes.everybody_to_thank()) or ("",),
		"unnamed": tuple(wishes.everybody_incognito()) or ("",),
		"moved": tuple(moved) or ("",),
		"seen": tuple(seen),
		"paid": paid.STATES,
	}
	rows = frappe.db.sql(
		f"""select '{THANKS}' as kind, min(reward.name) as about, reward.employee, now.employee_name,
			now.department, min(reward.paid_on) as day, null as badge
		from `tabReferral Reward` reward {paid.PAYOUT} {_now("reward")}
		where reward.employee in %(thanked)s and {paid.HAS_REACHED}
			and reward.paid_on between %(since)s and %(today)s and {_is_here("reward")}
		group by reward.employee, year(reward.paid_on), month(reward.paid_on)
		union all
		select '{BADGE}', award.name, award.employee, now.employee_name, now.department, award.awarded_on, award.badge
		from `tab{AWARD}` award {_now("award")}
		where award.state = '{HELD}' and award.awarded_on between %(since)s and %(today)s
			and (award.valid_until is null or award.valid_until >= %(today)s)
			and coalesce(award.visibility, '') in %(seen)s and award.employee not in %(unnamed)s
			and {_is_here("award")}
		order by day desc, kind desc, badge, about limit {MOST}""",
		asked,
		as_dict=True,
	)
	return _by_records_of_now(rows, moved)


def _now(table: str) -> str:
	"""Join who still has this record as an active one of the company."""
	return f"""left join `tabEmployee` now on now.name = {table}.employee
			and now.status = '{employments.ACTIVE}' and now.company = %(company)s"""


def _is_here(table: str) -> str:
	return f"(now.name is not null or {table}.employee in %(moved)s)"


def _by_records_of_now(rows: list, moved: dict[str, str]) -> list:
	names = {moved[row.employee] for row in rows if row.employee in moved}
	fields = ["name as employee", "employee_name", "department"]
	found = frappe.get_all("Employee", {"name": ("in", sorted(names))}, fields) if names else []
	now = {row.employee: row for row in found}
	for row in rows:
		row.update(now.get(moved.get(row.employee), {}))
	return rows
