const REWARD_RECOVERY_COLORS = { Waiting: "orange", Done: "green", Cancelled: "gray" };

frappe.listview_settings["Reward Recovery"] = {
	add_fields: ["state"],
	get_indicator: ({ state }) => [
		__(state, null, "Reward Recovery"),
		REWARD_RECOVERY_COLORS[state],
		`state,=,${state}`,
	],
};
