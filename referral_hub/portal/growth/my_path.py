"""My path: where am I, what does the next step need? And whether others may see how I got here."""

import frappe
from frappe import _

from referral_hub.paths import cases, placing
from referral_hub.paths.goals import reporting
from referral_hub.people.employments import records_of
from referral_hub.portal import page
from referral_hub.portal.growth import case_words, path_words


@page.for_employees
def get_context(context):
	employee = context.employee.name
	place = placing.place_of(employee)
	context.update(problem="", form=frappe._dict())
	if frappe.request.method == "POST":
		try:
			case_words.send(employee, place and place.path)
			return page.Redirect("/referrals/path#my-case")
		except cases.OtherStep as refused:
			frappe.clear_messages()
			context.update(status=422, problem=str(refused), form=frappe.form_dict)
	records = place.records if place else records_of(employee)
	agreed = case_words.agreed_by(records)
	mine = place and case_words.of_employee(place, agreed)
	context.update(
		told=place and path_words.tell(place, employee),
		cases=case_words.of_path(place.path, place) if place else [],
		mine=mine,
		# what can be taken back though it is not of the path somebody is on by now
		agreed_before=[one for one in agreed if not mine or one is not mine["agreed"]],
		has_goals=reporting.has_any(records),
		title=_("My path"),
		section="path",
	)
	return None
