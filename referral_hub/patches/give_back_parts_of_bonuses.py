"""Lets the next hourly task look at hires counted before budgets gave back the parts of bonuses whose period is over."""

import frappe


def execute():
	frappe.db.set_value(
		"Referral",
		{
			"budget_cost": [">", 0],
			"stage": ["in", ["Joined", "Confirmed"]],
			"budget_part_until": ["is", "not set"],
		},
		"budget_part_until",
		"1900-01-01",
		update_modified=False,
	)
