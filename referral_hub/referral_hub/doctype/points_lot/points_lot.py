import frappe

from referral_hub.points.append_only import AppendOnly


class PointsLot(AppendOnly):
	pass


def on_doctype_update() -> None:
	"""Find the open lots of a wallet with what they hold, and all that are due, in the order they are spent."""
	frappe.db.add_index(
		"Points Lot", ["account", "is_open", "expires_on", "seq", "remaining"], "open_lots_held"
	)
	frappe.db.add_index("Points Lot", ["is_open", "expires_on"], "open_lots_due")
