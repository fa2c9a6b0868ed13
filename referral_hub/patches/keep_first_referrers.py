"""Whoever is in the talent pool already was first referred by the referral their record names."""

import frappe
from frappe.utils import getdate


def execute() -> None:
	Record, Referral = frappe.qb.DocType("Talent Pool Record"), frappe.qb.DocType("Referral")
	rows = (
		frappe.qb.from_(Record)
		.join(Referral)
		.on(Referral.name == Record.referral)
		.select(Record.name, Referral.name, Referral.referrer, Referral.submitted_on)
		.where(Record.first_referral.isnull() | (Record.first_referral == ""))
	).run()
	for record, referral, referrer, submitted_on in rows:
		values = {
			"first_referral": referral,
			"first_referrer": referrer,
			"first_referred_on": getdate(submitted_on),
		}
		frappe.db.set_value("Talent Pool Record", record, values, update_modified=False)
