"""Who is in the club: invited by what their referrals have come to, once; they accept, decline and leave as they like.

Nobody is taken out when the figures fall. Commits nothing. Called by the daily task, the portal and the audiences.
"""

import frappe
from frappe import _
from frappe.utils import add_months, cint, now_datetime, nowdate

from referral_hub import kept
from referral_hub.announcing.rules.club import INVITED, LEFT, MEMBER, NO, Bar, is_invited
from referral_hub.messages import service as messages
from referral_hub.people import employments

DOCTYPE, EVENT, PAGE = "Referral Club Member", "club_invited", "/referrals/club"
SETTINGS = "Referral Hub Settings"
# what a member may make of their membership
ANSWERS = {INVITED: (MEMBER, NO), NO: (MEMBER,), MEMBER: (LEFT,), LEFT: (MEMBER,)}


class NotNow(frappe.ValidationError):
	"""That can't be answered now."""


def is_on() -> bool:
	return bool(cint(frappe.get_cached_doc(SETTINGS).club_on))


def bar() -> Bar:
	"""Return what it takes to be invited, as HR has set it."""
	settings = frappe.get_cached_doc(SETTINGS)
	rank = settings.club_level and frappe.db.get_value("Referral Level", settings.club_level, "rank")
	return Bar(rank=cint(rank), hires=cint(settings.club_hires))


def to_invite() -> list[str]:
	"""Return the active employees who reach the bar and were never asked, by any record of theirs."""
	if not is_on():
		return []
	needed, ranks, hires = bar(), _ranks(), _hires()
	reached = {
		name for name in {*ranks, *hires} if is_invited(needed, ranks.get(name, 0), hires.get(name, 0))
	}
	asked = set(frappe.get_all(DOCTYPE, pluck="employee"))
	here = {"name": ("in", [*reached]), "status": employments.ACTIVE}
	names = frappe.get_all("Employee", here, pluck="name", order_by="name asc") if reached else []
	return [name for name in names if not asked.intersection(employments.records_of(name))]


def invite(employee: str) -> None:
	"""Ask one person whether they want to be in the club."""
	row = frappe.db.get_value("Employee", employee, ["employee_name", "company"], as_dict=True)
	member = frappe.get_doc({"doctype": DOCTYPE, "employee": employee, "state": INVITED, **row})
	member.invited_on = now_datetime()
	with kept.writing(member):
		member.insert(ignore_permissions=True)
	messages.tell(EVENT, employee, key=member.name, link=PAGE)


def of(employee: str):
	"""Return the membership of this person, by any record of theirs, or None."""
	records = employments.records_of(employee)
	found = frappe.get_all(
		DOCTYPE,
		{"employee": ("in", records)},
		["name", "state", "employee"],
		order_by="creation desc",
		limit=1,
	)
	return found[0] if found else None


def everybody() -> set[str]:
	"""Return the record that each member has now; nobody while the club is off. One query."""
	if not is_on():
		return set()
	names = frappe.db.sql_list(
		f"""select coalesce(moved.new_employee_id, member.employee) from `tab{DOCTYPE}` member
		left join `tabEmployee Transfer` moved on moved.employee = member.employee and moved.docstatus = 1
			and moved.new_employee_id != ''
		where member.state = %s""",
		MEMBER,
	)
	return set(names)


def answer(employee: str, state: str) -> None:
	"""Accept, decline, leave or come back. Raises NotNow."""
	found = of(employee)
	member = found and frappe.get_doc(DOCTYPE, found.name, for_update=True)
	if not member or state not in ANSWERS[member.state]:
		raise NotNow(_("You can't choose that now."))
	member.update({"state": state, "answered_on": now_datetime()})
	with kept.writing(member):
		member.save(ignore_permissions=True)


def _ranks() -> dict[str, int]:
	rows = frappe.db.sql(
		"""select has.employee, level.rank from `tabReferral Recognition` has
		join `tabReferral Level` level on level.name = has.level where level.enabled = 1"""
	)
	return {employee: cint(rank) for employee, rank in rows}


def _hires() -> dict[str, int]:
	since = add_months(nowdate(), -(cint(frappe.get_cached_doc(SETTINGS).club_months) or 12))
	rows = frappe.db.sql(
		"""select referrer, count(*) from `tabReferral`
		where joined_on >= %s and outcome in ('Hired', 'Left') group by referrer""",
		since,
	)
	return dict(rows)
