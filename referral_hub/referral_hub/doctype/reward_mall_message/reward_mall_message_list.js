frappe.listview_settings["Reward Mall Message"] = {
	add_fields: ["state"],
	hide_name_column: true,
	get_indicator({ state }) {
		const color = {
			"To Send": "orange",
			Accepted: "blue",
			Done: "green",
			Stopped: "red",
			Withdrawn: "gray",
		}[state];
		return [__(state, null, "Reward Mall Message"), color, `state,=,${state}`];
	},
};
