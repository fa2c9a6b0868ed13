frappe.listview_settings["Reward Order"] = {
	add_fields: ["state"],
	hide_name_column: true,
	get_indicator({ state }) {
		const color = {
			"On Hold": "orange",
			Approved: "blue",
			Delivered: "green",
			Cancelled: "gray",
			Refunded: "gray",
		}[state];
		return [__(state, null, "Reward Order"), color, `state,=,${state}`];
	},
};
