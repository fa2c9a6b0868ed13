const REWARD_COLORS = {
	Promised: "gray",
	Earned: "blue",
	Due: "blue",
	Paid: "green",
	Confirmed: "green",
	"On Hold": "orange",
	Owed: "red",
	Void: "gray",
	"Clawed Back": "gray",
};

frappe.listview_settings["Referral Reward"] = {
	add_fields: ["state"],
	hide_name_column: true,
	get_indicator({ state }) {
		return [__(state), REWARD_COLORS[state], `state,=,${state}`];
	},
};
