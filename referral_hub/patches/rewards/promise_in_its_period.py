"""A bonus for several hires is unique within its period: the index of before would refuse that of another period."""

import frappe

_OLD_INDEX = "unique_promise_to_referrer"


def execute():
	if frappe.db.has_index("tabReferral Reward", _OLD_INDEX):
		frappe.db.sql_ddl(f"alter table `tabReferral Reward` drop index {_OLD_INDEX}")
