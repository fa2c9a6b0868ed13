"""Who of HR works for a company: the enabled users with a role, as User Permissions let them."""

import frappe

from referral_hub.permissions import allowed_companies


def enabled(user: str | None) -> str | None:
	"""Return the user when they can sign in."""
	return user if user and frappe.db.get_value("User", user, "enabled") else None


def with_role(role: str, company: str | None) -> list[str]:
	"""Return the enabled users with this role who may work for the company."""
	users = frappe.get_all(
		"Has Role", {"role": role, "parenttype": "User", "parent": ("!=", "Administrator")}, pluck="parent"
	)
	found = frappe.get_all(
		"User", {"name": ("in", users or [""]), "enabled": 1}, pluck="name", order_by="name asc"
	)
	return [user for user in found if works_for(user, company)]


def works_for(user: str, company: str | None) -> bool:
	companies = allowed_companies(user, "Referral")
	return not companies or company in companies
