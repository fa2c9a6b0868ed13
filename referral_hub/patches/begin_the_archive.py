"""Records of the pool made before it kept what matters to people get their dates, and the site its list of preferences."""

import frappe

from referral_hub.setup.words.preferences import make_preferences


def execute():
	make_preferences()
	Record = frappe.qb.DocType("Talent Pool Record")
	frappe.qb.update(Record).set(Record.happened_on, Record.captured_on).where(
		Record.happened_on.isnull()
	).run()
	frappe.qb.update(Record).set(Record.state_on, Record.captured_on).where(Record.state_on.isnull()).run()
