const ANNOUNCEMENT_COLORS = { Draft: "gray", Scheduled: "orange", Out: "green", Over: "blue" };

frappe.listview_settings["Referral Announcement"] = {
	add_fields: ["state"],
	get_indicator: ({ state }) => [
		__(state, null, "Referral Announcement"),
		ANNOUNCEMENT_COLORS[state],
		`state,=,${state}`,
	],
};
