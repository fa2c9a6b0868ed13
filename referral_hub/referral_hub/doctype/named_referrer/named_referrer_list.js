const NAMED_REFERRER_COLORS = {
	Waiting: "orange",
	Unclear: "red",
	Confirmed: "green",
	Denied: "gray",
	Lapsed: "gray",
	"Not Counted": "gray",
};

frappe.listview_settings["Named Referrer"] = {
	hide_name_column: true,
	add_fields: ["state"],
	onload(list) {
		referral_hub.lists.show_more_columns(list);
	},
	get_indicator(doc) {
		const state = doc.state;
		return [__(state, null, "Named Referrer"), NAMED_REFERRER_COLORS[state], `state,=,${state}`];
	},
};
