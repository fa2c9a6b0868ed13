frappe.listview_settings["Talent Interaction"] = {
	onload(list) {
		referral_hub.lists.show_more_columns(list);
	},
};
