// The calendar shows the interviews of referred people; the days follow from elsewhere and are not moved here.

frappe.views.calendar["Referral"] = {
	field_map: { start: "next_interview_on", end: "next_interview_on", id: "name", title: "candidate_name" },
	options: { editable: false, selectable: false },
	get_events_method: "frappe.desk.calendar.get_events",
};
