"""The working days of a company, from its Holiday List. Whatever counts in working days asks here; the rule is referrals/rules/sla.py."""

import frappe

from referral_hub.referrals.rules import sla
from referral_hub.referrals.rules.sla import WorkCalendar


def read_calendar(company: str | None) -> WorkCalendar:
	"""Return the working days of a company; without a Holiday List they are Monday to Friday."""
	return read_list(company and frappe.get_cached_value("Company", company, "default_holiday_list"))


def read_list(name: str | None) -> WorkCalendar:
	"""Return the working days that a Holiday List leaves."""
	covers = name and frappe.db.get_value("Holiday List", name, ["from_date", "to_date"])
	if not covers:
		return WorkCalendar()
	rows = frappe.get_all(
		"Holiday",
		{"parent": name, "parenttype": "Holiday List"},
		["holiday_date", "weekly_off"],
		as_list=True,
	)
	return sla.calendar_of([(day, bool(weekly)) for day, weekly in rows], *covers)
