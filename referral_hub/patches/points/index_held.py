"""What open lots hold is read from their index; the one it follows, which lacks that, only costs time to write."""

import frappe

from referral_hub.referral_hub.doctype.points_lot.points_lot import on_doctype_update

_OLD_INDEX = "open_lots_of_wallet"


def execute():
	on_doctype_update()
	if frappe.db.has_index("tabPoints Lot", _OLD_INDEX):
		frappe.db.sql_ddl(f"alter table `tabPoints Lot` drop index {_OLD_INDEX}")
