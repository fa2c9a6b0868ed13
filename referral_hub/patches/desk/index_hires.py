"""Hires of a month are read with their outcome and stage: the index that has neither only costs time to write."""

import frappe

_OLD_INDEX = "joined_in_month"


def execute():
	if frappe.db.has_index("tabReferral", _OLD_INDEX):
		frappe.db.sql_ddl(f"alter table `tabReferral` drop index {_OLD_INDEX}")
