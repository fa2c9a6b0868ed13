"""Reward Rules a company starts with, as data: one that pays points at once, two for cash to look at and enable.

Cash rules are disabled because cash needs a Salary Component in Referral Hub Settings first. An empty company and
currency are given as "": Frappe fills what is missing with the site's defaults, and empty means every company here.
"""

import frappe
from frappe import _


def sample_rules() -> list[dict]:
	return [
		{
			"rule_name": _("Every opening: points"),
			"enabled": 1,
			"milestones": [
				{"milestone": "Interviewed", "kind": "Points", "amount": 50},
				{"milestone": "Joined", "kind": "Points", "amount": 300},
				{"milestone": "Confirmed", "kind": "Points", "amount": 700},
			],
		},
		{
			"rule_name": _("Example: cash, 30 % at joining and 70 % after probation"),
			"enabled": 0,
			"milestones": [
				{"milestone": "Joined", "kind": "Cash", "amount": 900},
				{"milestone": "Confirmed", "kind": "Cash", "amount": 2100},
			],
		},
		{
			"rule_name": _("Example: cash and points, more for staying"),
			"enabled": 0,
			"milestones": [
				{"milestone": "Interviewed", "kind": "Points", "amount": 50},
				{"milestone": "Confirmed", "kind": "Cash", "amount": 2000},
				{"milestone": "Retained", "after_months": 12, "kind": "Cash", "amount": 400},
			],
		},
	]


def make_sample_rules() -> None:
	"""Insert the samples on a site that has no rule yet."""
	if frappe.db.count("Reward Rule"):
		return
	for rule in sample_rules():
		for milestone in rule["milestones"]:
			milestone.setdefault("currency", "")
		frappe.get_doc(doctype="Reward Rule", company="", **rule).insert(ignore_permissions=True)
