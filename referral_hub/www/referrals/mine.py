"""My referrals: where each of my people is."""

import frappe
from frappe import _

from referral_hub.portal import cards, page, paging
from referral_hub.referrals import reading
from referral_hub.referrals.rules.next_step import STILL_MOVING


@page.for_employees
def get_context(context):
	still_open, closed = reading.count(context.employee.name)
	pages = paging.pages_of(still_open + closed, frappe.form_dict.get("page"), "/referrals/mine")
	rows = reading.mine(context.employee.name, start=pages.start, limit=paging.SIZE)
	people = cards.people(rows)
	context.update(
		pages=pages,
		open_people=[card for card in people if card.outcome in STILL_MOVING],
		closed_people=[card for card in people if card.outcome not in STILL_MOVING],
		open_count=still_open,
		closed_count=closed,
		title=_("My referrals"),
	)
