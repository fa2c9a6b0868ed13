const PRIZE_DRAW_COLORS = {
	Draft: "gray",
	Announced: "blue",
	Closed: "orange",
	Drawn: "green",
	Cancelled: "red",
};

frappe.listview_settings["Prize Draw"] = {
	add_fields: ["state"],
	get_indicator: ({ state }) => [
		__(state, null, "Prize Draw"),
		PRIZE_DRAW_COLORS[state],
		`state,=,${state}`,
	],
};
