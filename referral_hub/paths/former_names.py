"""What designations were called before: HRMS keeps the old word in promotions, so a renamed one is followed through this table.

A path has its own rows; what is renamed in ERPNext is noted in the settings, for all paths. Called by the event of the rename and by
whoever reads careers.
"""

import frappe

from referral_hub.database.prepared import Prepared
from referral_hub.paths.rules.careers import FormerName, Names

SETTINGS = "Referral Hub Settings"


def names_of(path) -> Names:
	"""Return what old words are called today: as the path says, then as the settings do."""
	return Names(_former_names([*path.former_names, *_NOTED.run(as_dict=True)]))


def _noted():
	row = frappe.qb.DocType("Performance Path Former Name")
	return (
		frappe.qb.from_(row)
		.select(row.former_name, row.designation, row.renamed_on)
		.where((row.parenttype == SETTINGS) & (row.parent == SETTINGS))
		.orderby(row.idx)
	)


# of the settings nothing but these rows: the whole document is large, and somebody waits
_NOTED = Prepared(_noted)


def _former_names(rows: list) -> list[FormerName]:
	"""A word that is a designation again has its old meaning only until the day it was given up."""
	words = {row.former_name for row in rows}
	again = set(frappe.get_all("Designation", {"name": ("in", words)}, pluck="name")) if words else set()
	again = {name.casefold() for name in again}
	return [
		FormerName(
			row.former_name,
			row.designation,
			frappe.utils.getdate(row.renamed_on)
			if row.renamed_on and row.former_name.strip().casefold() in again
			else None,
		)
		for row in rows
		if row.former_name.strip().casefold() != row.designation.strip().casefold()
	]


def note_renamed(old: str, new: str) -> None:
	"""Keep the word that promotions of before will go on saying; several renames of one day are kept apart."""
	row = frappe.get_doc(
		doctype="Performance Path Former Name",
		parenttype=SETTINGS,
		parent=SETTINGS,
		parentfield="former_names",
		idx=1 + frappe.db.count("Performance Path Former Name", {"parenttype": SETTINGS}),
		former_name=old,
		designation=new,
		renamed_on=frappe.utils.today(),
	)
	row.insert(ignore_permissions=True)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
