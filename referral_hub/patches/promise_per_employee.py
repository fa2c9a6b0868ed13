"""A promise is unique per employee since credit can move: the narrower index of before would refuse the new owner's."""

import frappe


def execute():
	if frappe.db.has_index("tabReferral Reward", "unique_promise"):
		frappe.db.sql_ddl("alter table `tabReferral Reward` drop index unique_promise")
