"""The badges and titles that people hold, by whichever of their Employee records. Reads only.

A rule that asks for a badge of the referrer means the day on which the person is referred.
"""

from collections.abc import Iterable

import frappe
from frappe.utils import getdate

from referral_hub.people import employments
from referral_hub.rewards.rules.promising.badges import Award, held_on
from referral_hub.rewards.rules.selection import Rule

FIELDS = ("employee", "badge", "awarded_on", "valid_until", "revoked_on")


def are_asked_for(rules: Iterable[Rule]) -> bool:
	return any(rule.conditions.referrer_badge for rule in rules)


def held_by(employee: str, day) -> tuple[str, ...]:
	awards = awards_of(employments.records_of(employee)).values()
	return held_on((award for some in awards for award in some), getdate(day))


def awards_of(employees: Iterable[str]) -> dict[str, list[Award]]:
	"""Return what was ever awarded to some employees, by employee. One query."""
	found: dict[str, list[Award]] = {}
	named = [*employees]
	rows = frappe.get_all("Recognition Award", {"employee": ("in", named)}, FIELDS) if named else ()
	for row in rows:
		award = Award(row.badge, row.awarded_on, row.valid_until, row.revoked_on)
		found.setdefault(row.employee, []).append(award)
	return found
