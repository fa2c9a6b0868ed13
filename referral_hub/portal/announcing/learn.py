"""How referring works, in three pictures, and what it can bring the reader now. Opening it completes the newcomer's task in HRMS."""

import frappe
from frappe import _

from referral_hub.announcing import learning
from referral_hub.portal import cards, page
from referral_hub.referrals.showing import catalogue

SHOWN = 5


@page.for_employees
def get_context(context):
	me = context.employee.name
	if learning.complete(me):
		frappe.local.flags.commit = True
	openings = catalogue.find_all(catalogue.Search(), limit=SHOWN)
	context.update(
		title=_("Learn to refer"),
		template="announcing/learn.html",
		openings=cards.openings_with_offers(openings, me) if openings else [],
	)
