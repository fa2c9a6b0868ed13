"""My referrals: where each of my people is."""

import frappe
from frappe import _

from referral_hub.people import departments
from referral_hub.portal import cards, page, paging
from referral_hub.portal.forms import questions
from referral_hub.referrals import policy
from referral_hub.referrals.programs import applying, watching
from referral_hub.referrals.rules.deciding.limits import allowance
from referral_hub.referrals.showing import reading


@page.for_employees
def get_context(context):
	counts = reading.count(context.employee.name)
	pages = paging.pages_of(sum(counts.values()), frappe.form_dict.get("page"), "/referrals/mine")
	people = cards.people(reading.mine(context.employee.name, start=pages.start, limit=paging.SIZE))
	context.update(
		pages=pages,
		groups=list(_groups(people, counts)),
		room=_room(context.employee.name),
		asked=questions.about_refusals(context.employee.name),
		title=_("My referrals"),
	)


def _room(employee: str) -> str:
	"""Say how many may be open at a time, where there is a limit."""
	tree = departments.parents()
	limits = policy.for_referral(None, None, applying.place_of(employee, tree), tree).limits
	allowed = allowance(limits, watching.record_of(employee, limits))
	if allowed.limit is None:
		return ""
	return _("Open referrals: {0} of {1}").format(allowed.open, allowed.limit)


def _groups(people: list, counts: dict):
	titles = {
		reading.ON_THEIR_WAY: _("On their way"),
		reading.ARRIVED: _("With us now"),
		reading.CLOSED: _("Closed"),
	}
	for group, title in titles.items():
		if found := [card for card in people if reading.group_of(card.outcome) == group]:
			yield title, counts[group], found
