const RECALL_REQUEST_COLORS = { Open: "orange", Answered: "green", Withdrawn: "gray", Expired: "red" };

frappe.listview_settings["Recall Request"] = {
	hide_name_column: true,
	add_fields: ["state"],
	onload(list) {
		referral_hub.lists.show_more_columns(list);
	},
	formatters: {
		// Frappe would paint a pill around no answer at all
		answer: (value) => __(value || "", null, "Recall Request"),
	},
	get_indicator(doc) {
		const state = doc.state;
		return [__(state, null, "Recall Request"), RECALL_REQUEST_COLORS[state], `state,=,${state}`];
	},
};
