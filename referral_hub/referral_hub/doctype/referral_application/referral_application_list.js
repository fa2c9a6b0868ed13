const REFERRAL_APPLICATION_COLORS = {
	Referral: "green",
	Invitation: "green",
	Event: "blue",
	Known: "orange",
	"Not Counted": "gray",
};

frappe.listview_settings["Referral Application"] = {
	hide_name_column: true,
	add_fields: ["result"],
	onload(list) {
		referral_hub.lists.show_more_columns(list);
	},
	get_indicator(doc) {
		const result = doc.result;
		return [
			__(result, null, "Referral Application"),
			REFERRAL_APPLICATION_COLORS[result],
			`result,=,${result}`,
		];
	},
};
