"""Questions that only HR may see, asked before their manager was noted with them, are kept from who leads the asker now."""

import frappe


def execute() -> None:
	frappe.db.sql(
		"""update `tabPath Feedback` asked join `tabEmployee` asker on asker.name = asked.employee
		join `tabEmployee` manager on manager.name = asker.reports_to
		set asked.kept_from = manager.user_id
		where asked.only_hr = 1 and ifnull(asked.kept_from, '') = '' and ifnull(manager.user_id, '') != ''"""
	)
