"""Asks HR in time to move what somebody was given in another company: a task for those who may, once for each last day."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import escape_html, formatdate, getdate

from referral_hub.people import employments, hr
from referral_hub.points import clock
from referral_hub.points.following import finding
from referral_hub.points.following.finding import ACCOUNT, Elsewhere
from referral_hub.points.rules import warnings
from referral_hub.wording import languages
from referral_hub.wording.counting import counted

ROLE = "HR Manager"


def ending(today: date | str | None = None) -> list[str]:
	"""Name the wallets of people who work elsewhere now that lose something soon: HR is asked about them."""
	today = getdate(today) if today else clock.today()
	wallets = [row.wallet for row in finding.elsewhere()]
	if not wallets:
		return []
	return frappe.db.sql_list(
		"""select distinct account from `tabPoints Lot`
		where account in %s and is_open = 1 and expires_on >= %s and expires_on <= %s order by account""",
		(tuple(wallets), today, warnings.hr_is_asked_until(today)),
	)


def ask(wallet: str, today: date | str | None = None) -> bool:
	"""Give HR a task about a wallet, once for its next last day; say whether anybody of HR still has one to do.

	Who closes it without moving anything has decided: it is not given again for that day.
	"""
	today = getdate(today) if today else clock.today()
	for row in finding.elsewhere(wallets=[wallet]):
		frappe.db.get_value(ACCOUNT, wallet, "name", for_update=True)  # two runs at once ask once
		if ends := _ends_next(wallet, today):
			_ask(row, *ends)
	return bool(frappe.db.exists("ToDo", _about(wallet, status="Open")))


def close(wallet: str) -> None:
	"""End what HR was asked: the points are moved."""
	for name in frappe.get_all("ToDo", _about(wallet, status="Open"), pluck="name"):
		task = frappe.get_doc("ToDo", name)
		task.status = "Closed"
		task.save(ignore_permissions=True)


def _ends_next(wallet: str, today: date) -> tuple[date, int] | None:
	"""Return the next last day of what a wallet holds, and how many points that is, where it is near."""
	rows = frappe.db.sql(
		"""select expires_on, cast(sum(remaining) as signed) from `tabPoints Lot`
		where account = %s and is_open = 1 and expires_on >= %s and expires_on <= %s
		group by expires_on order by expires_on limit 1""",
		(wallet, today, warnings.hr_is_asked_until(today)),
	)
	return rows[0] if rows else None


def _ask(row: Elsewhere, expires_on: date, points: int) -> None:
	# a plain read would not see what another run has asked since this transaction began
	if frappe.db.get_value("ToDo", _about(row.wallet, date=expires_on), "name", for_update=True):
		return
	name = frappe.db.get_value("Employee", row.employee_now, "employee_name")
	who, here, there = (escape_html(text) for text in (name or "", row.company, row.company_now))
	for user in _who_may(row) or ["Administrator"]:
		with languages.speaking_to(user):
			words = counted(
				points,
				_(
					"{0} works for {1} now. {2} point that {3} gave them expires after {4}: move it, or let it expire."
				),
				_(
					"{0} works for {1} now. {2} points that {3} gave them expire after {4}: move them, or let them expire."
				),
			).format(who, there, points, here, formatdate(expires_on))
		task = {**_about(row.wallet, date=expires_on), "allocated_to": user, "description": words}
		frappe.get_doc(doctype="ToDo", priority="High", assigned_by="Administrator", **task).insert(
			ignore_permissions=True
		)


def _who_may(row: Elsewhere) -> list[str]:
	"""Return the HR Managers who work for both companies, whose points these are not."""
	own = employments.users_of(row.employee)
	users = hr.with_role(ROLE, row.company)
	return [user for user in users if user not in own and hr.works_for(user, row.company_now)]


def _about(wallet: str, **more) -> dict:
	return {"reference_type": ACCOUNT, "reference_name": wallet, **more}
