// The calendar shows whom to call when; the days follow from elsewhere and are not moved here.

frappe.views.calendar["Talent Prompt"] = {
	field_map: { start: "due_on", end: "due_on", id: "name", title: "person_name" },
	options: { editable: false, selectable: false },
	get_events_method: "frappe.desk.calendar.get_events",
};
