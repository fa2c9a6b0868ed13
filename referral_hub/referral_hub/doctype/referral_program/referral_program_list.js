frappe.listview_settings["Referral Program"] = {
	hide_name_column: true,
	onload(list) {
		referral_hub.lists.show_more_columns(list);
	},
};
