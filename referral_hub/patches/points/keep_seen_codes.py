"""Codes that were seen before this was kept of them are given to nobody else, also those that HR let be shown again."""

import frappe


def execute() -> None:
	frappe.db.sql(
		"""update `tabReward Item Code` code set code.was_shown = 1
		where code.shown_on is not null or exists (
			select 1 from `tabVersion` noted where noted.ref_doctype = 'Reward Item Code'
			and noted.docname = code.name and noted.data like '%"shown_on"%')"""
	)
