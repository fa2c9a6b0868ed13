"""Malls outside as HR writes them: checked, and which are open. Called by the controller and the shop; commits nothing."""

import frappe
from frappe import _

from referral_hub.points.rules import mall

DOCTYPE = "Reward Mall"


def check(row) -> None:
	"""Refuse a mall that could not be reached, or not be told from others."""
	if not mall.is_address(row.address or ""):
		frappe.throw(
			_(
				"The address begins with https:// and holds no user name. Only this very machine may do without."
			)
		)
	secret = row.get_password("secret", raise_exception=False) if _is_masked(row) else row.secret
	if len(secret or "") < mall.SHORTEST_SECRET:
		frappe.throw(_("The secret has at least {0} characters.").format(mall.SHORTEST_SECRET))


def check_deleting(row) -> None:
	if frappe.db.exists("Reward Item", {"mall": row.name}):
		frappe.throw(_("Items of this mall are in the shop. Close the mall instead."))


def is_open(name: str) -> bool:
	return bool(frappe.db.get_value(DOCTYPE, name, "enabled"))


def closed() -> set[str]:
	"""Return the malls nobody can order from: one query."""
	return set(frappe.get_all(DOCTYPE, {"enabled": 0}, pluck="name"))


def _is_masked(row) -> bool:
	return bool(row.secret) and not row.secret.strip("*")
