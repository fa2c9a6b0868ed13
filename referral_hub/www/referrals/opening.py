"""One opening: what it is, what is hard about it, what a success pays, and the form to refer."""

import frappe

from referral_hub.portal import cards, coaching, page, richtext
from referral_hub.portal.contacts import suggesting
from referral_hub.portal.forms import refer_form
from referral_hub.referrals.assessing import requirements
from referral_hub.referrals.showing import catalogue


@page.for_employees
def get_context(context):
	opening = catalogue.find(frappe.form_dict.get("name"))
	if not opening:
		return page.not_found(context)
	cards.openings_with_offers([opening], context.employee.name)
	looked_for = requirements.looked_for(opening)
	context.update(
		opening=opening,
		offer=opening.offer,
		requirements=looked_for["requirements"],
		skills=looked_for["skills"],
		description=richtext.clean(opening.description),
		challenges=coaching.challenges(opening.name, opening.challenges),
		strengths=coaching.strengths(opening.name),
		contacts=suggesting.of_opening(context.employee.name, opening, looked_for["rows"]),
		advice=coaching.for_opening(opening.name),
		salary=cards.salary(opening),
		title=opening.job_title,
		section="openings",
		script="opening.js",
	)
	refer_form.prepare(context, refer_form.empty(), opening, requirements=looked_for["rows"])
