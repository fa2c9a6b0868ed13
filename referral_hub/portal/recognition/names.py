"""What levels, badges and departments are called, in the reader's language."""

import frappe

from referral_hub.portal import words

MOST_BADGES = 3


def level(name: str | None) -> str:
	return _of_master("Referral Level", name, "level_name")


def badge(name: str | None) -> str:
	return _of_master("Recognition Badge", name, "badge_name")


def department(name: str | None) -> str:
	return (name and frappe.get_cached_value("Department", name, "department_name")) or ""


def beside(level_name: str | None, badges: list[str], department_name: str | None) -> str:
	"""Return what stands under somebody's name: their level, a few badges, their department."""
	said = [level(level_name), *map(badge, badges[:MOST_BADGES]), department(department_name)]
	return " · ".join(filter(None, said))


def _of_master(doctype: str, name: str | None, field: str) -> str:
	"""Return a master's name; its own where it is gone by now."""
	if not name:
		return ""
	fields = [field, f"{field}_zh"]
	found = frappe.get_cached_value(doctype, name, fields, as_dict=True)
	return words.in_language(found, field) if found else name
