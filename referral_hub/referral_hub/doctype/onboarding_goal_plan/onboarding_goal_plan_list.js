const GOAL_PLAN_COLORS = {
	Draft: "gray",
	Proposed: "orange",
	Commented: "orange",
	Agreed: "blue",
	"Under Way": "green",
	Over: "gray",
	Cancelled: "red",
};

frappe.listview_settings["Onboarding Goal Plan"] = {
	hide_name_column: true,
	add_fields: ["state"],
	get_indicator(doc) {
		const state = doc.state;
		return [__(state, null, "Onboarding Goal Plan"), GOAL_PLAN_COLORS[state], `state,=,${state}`];
	},
};
