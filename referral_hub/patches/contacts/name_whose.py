"""Contacts that a job kept as Administrator are their employee's: who is given the record under another login later doesn't read them."""

import frappe


def execute():
	frappe.db.sql(
		"""update `tabReferral Contact` contact join `tabEmployee` employee on employee.name = contact.employee
		set contact.owner = employee.user_id where contact.owner = 'Administrator' and employee.user_id > ''"""
	)
