const TALENT_POOL_RECORD_COLORS = {
	Proposed: "orange",
	"In Pool": "blue",
	Resting: "gray",
	Matched: "green",
	Hired: "green",
	"Do Not Contact": "red",
	Closed: "gray",
};

frappe.listview_settings["Talent Pool Record"] = {
	hide_name_column: true,
	add_fields: ["state"],
	onload(list) {
		referral_hub.lists.show_more_columns(list);
	},
	get_indicator(doc) {
		const state = doc.state;
		return [__(state, null, "Talent Pool Record"), TALENT_POOL_RECORD_COLORS[state], `state,=,${state}`];
	},
	formatters: {
		// a reason is no state: Frappe would paint "Open Channel" as something to be done
		reason: (value) => __(value, null, "Talent Pool Record"),
	},
};
