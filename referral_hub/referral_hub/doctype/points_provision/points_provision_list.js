frappe.listview_settings["Points Provision"] = {
	add_fields: ["state"],
	hide_name_column: true,
	get_indicator({ state }) {
		const color = {
			Waiting: "orange",
			Draft: "yellow",
			Booked: "blue",
			Reversed: "green",
			"Nothing to Provide": "gray",
			"Taken Out": "red",
		}[state];
		return [__(state, null, "Points Provision"), color, `state,=,${state}`];
	},
};
