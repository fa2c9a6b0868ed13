const REWARD_ITEM_CODE_COLORS = { Free: "green", Taken: "blue", Void: "gray" };

frappe.listview_settings["Reward Item Code"] = {
	add_fields: ["state"],
	get_indicator: ({ state }) => [
		__(state, null, "Reward Item Code"),
		REWARD_ITEM_CODE_COLORS[state],
		`state,=,${state}`,
	],
};
