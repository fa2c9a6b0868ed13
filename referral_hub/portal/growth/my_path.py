"""My path: where am I, what does the next step need? And whether others may see how I got here."""

import frappe
from frappe import _

from referral_hub.paths import placing
from referral_hub.paths.goals import reporting
from referral_hub.people.employments import records_of
from referral_hub.portal import page
from referral_hub.portal.growth import case_words, path_words


@page.for_employees
def get_context(context):
	employee = context.employee.name
	place = placing.place_of(employee)
	if place and frappe.request.method == "POST":
		case_words.send(employee, place.path)
		return page.Redirect("/referrals/path#my-case")
	context.update(
		told=place and path_words.tell(place, employee),
		cases=case_words.of_path(place.path) if place else [],
		mine=place and case_words.of_employee(employee, place),
		has_goals=reporting.has_any(place.records if place else records_of(employee)),
		title=_("My path"),
		section="path",
	)
	return None
