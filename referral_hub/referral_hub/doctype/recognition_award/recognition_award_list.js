const RECOGNITION_AWARD_COLORS = { Held: "green", Revoked: "gray" };

frappe.listview_settings["Recognition Award"] = {
	add_fields: ["state"],
	get_indicator: ({ state }) => [
		__(state, null, "Recognition Award"),
		RECOGNITION_AWARD_COLORS[state],
		`state,=,${state}`,
	],
};
