"""My referrals: where each of my people is."""

import frappe
from frappe import _

from referral_hub.portal import cards, page, paging
from referral_hub.referrals import reading


@page.for_employees
def get_context(context):
	counts = reading.count(context.employee.name)
	pages = paging.pages_of(sum(counts.values()), frappe.form_dict.get("page"), "/referrals/mine")
	people = cards.people(reading.mine(context.employee.name, start=pages.start, limit=paging.SIZE))
	context.update(pages=pages, groups=list(_groups(people, counts)), title=_("My referrals"))


def _groups(people: list, counts: dict):
	titles = {
		reading.ON_THEIR_WAY: _("On their way"),
		reading.ARRIVED: _("With us now"),
		reading.CLOSED: _("Closed"),
	}
	for group, title in titles.items():
		if found := [card for card in people if reading.group_of(card.outcome) == group]:
			yield title, counts[group], found
