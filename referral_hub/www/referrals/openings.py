"""All openings that accept referrals: search, filters, pages, each with what a success pays this employee."""

import frappe
from frappe import _

from referral_hub.portal import cards, page, paging, words
from referral_hub.referrals.showing import catalogue


@page.for_employees
def get_context(context):
	search = catalogue.Search.of(frappe.form_dict)
	total = catalogue.count(search)
	query = {"text": search.text} if search.text else {}
	pages = paging.pages_of(
		total, frappe.form_dict.get("page"), "/referrals/openings", query | search.filters
	)
	found = catalogue.find_all(search, pages.start, paging.SIZE)
	context.update(
		search=search,
		pages=pages,
		facets=_facets(),
		found_words=_("1 opening") if total == 1 else _("{0} openings").format(words.number(total)),
		openings=cards.openings_with_offers(found, context.employee.name),
		title=_("Openings"),
		script="openings.js",
	)


def _facets() -> list[tuple]:
	labels = {
		"department": _("Department"),
		"designation": _("Designation", context="Referral Hub"),
		"location": _("Place"),
		"employment_type": _("Employment type"),
		"urgency": _("Urgency"),
	}
	found = catalogue.facets()
	found["urgency"] = [(value, _(value, context="Opening Profile")) for value, _label in found["urgency"]]
	return [
		(name, labels[name], choices)
		for name, choices in found.items()
		if len(choices) > 1 or (choices and name == "urgency")
	]
