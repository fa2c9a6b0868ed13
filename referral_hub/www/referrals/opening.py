"""One opening: what it is, what is hard about it, what a success pays, and the form to refer."""

import frappe
from frappe import _

from referral_hub.portal import cards, page, refer_form, richtext, words
from referral_hub.referrals import catalogue


@page.for_employees
def get_context(context):
	opening = catalogue.find(frappe.form_dict.get("name"))
	if not opening:
		return page.not_found(context)
	cards.openings_with_offers([opening], context.employee.name)
	context.update(
		opening=opening,
		offer=opening.offer,
		skills=catalogue.skills_of(opening.designation),
		description=richtext.clean(opening.description),
		challenges=richtext.clean(opening.challenges),
		salary=_salary(opening),
		title=opening.job_title,
		section="openings",
		script="opening.js",
	)
	refer_form.prepare(context, refer_form.empty(), opening)


def _salary(opening) -> str:
	"""The salary range, when HR publishes it."""
	if not opening.publish_salary_range or not (opening.lower_range or opening.upper_range):
		return ""
	ends = [
		words.amount("Cash", value, opening.currency)
		for value in (opening.lower_range, opening.upper_range)
		if value
	]
	return (_("{0} a year") if opening.salary_per == "Year" else _("{0} a month")).format(" – ".join(ends))
