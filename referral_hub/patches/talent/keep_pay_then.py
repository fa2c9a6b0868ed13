"""Whoever is in the pool from before keeps what the opening they applied for says of its pay today: nobody knows what it said then."""

import frappe


def execute() -> None:
	frappe.db.sql(
		"""update `tabTalent Pool Record` kept join `tabJob Opening` opening on opening.name = kept.applied_for
		set kept.pay_then_from = opening.lower_range, kept.pay_then_to = opening.upper_range,
			kept.pay_then_currency = opening.currency, kept.pay_then_per = opening.salary_per
		where kept.pay_then_from = 0 and kept.pay_then_to = 0 and ifnull(kept.state, '') != 'Anonymised'
			and ifnull(kept.pay_then_currency, '') = '' and ifnull(kept.pay_then_per, '') = ''"""
	)
