// The calendar shows what is to be handed over when; the days follow from elsewhere and are not moved here.

frappe.views.calendar["Reward Fulfilment"] = {
	field_map: { start: "due_on", end: "due_on", id: "name", title: "what" },
	options: { editable: false, selectable: false },
	get_events_method: "frappe.desk.calendar.get_events",
};
