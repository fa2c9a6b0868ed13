"""Once a referral is over its people are asked how it was."""

import frappe

from referral_hub.tasks.running import one_by_one


def ask_how_it_was():
	"""Ask whoever may be asked today; end what nobody answered in time. Asked before, nobody is asked again."""
	from referral_hub.survey import service

	frappe.set_user("Administrator")
	service.end_what_is_over()
	one_by_one(service.ask, service.to_ask())
