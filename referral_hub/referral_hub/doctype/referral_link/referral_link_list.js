frappe.listview_settings["Referral Link"] = {
	hide_name_column: true,
	add_fields: ["event_name"],
	formatters: {
		code: (code, _field, doc) => (doc.event_name ? `${doc.event_name} · ${code}` : code),
	},
	onload(list) {
		referral_hub.lists.show_more_columns(list);
	},
};
