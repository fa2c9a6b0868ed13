import frappe

from referral_hub.points.append_only import AppendOnly


class PointsLedgerEntry(AppendOnly):
	pass


def on_doctype_update() -> None:
	"""Find what a document earned; list the types of sources without reading the whole ledger, as every delete does."""
	frappe.db.add_index("Points Ledger Entry", ["source_doctype", "source_name"], "source")
