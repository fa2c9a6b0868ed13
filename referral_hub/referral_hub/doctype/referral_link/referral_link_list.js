frappe.listview_settings["Referral Link"] = {
	hide_name_column: true,
	onload(list) {
		referral_hub.lists.show_more_columns(list);
	},
};
