frappe.listview_settings["Points Ledger Entry"] = {
	hide_name_column: true,
	onload(list) {
		show_five_columns(list);
	},
	formatters: {
		direction: (value) => __(value, null, "Points Ledger Entry"),
	},
};

/** On a laptop Frappe shows one field beside title and status; HR needs three. What a site set for its lists stays. */
function show_five_columns(list) {
	if (window.innerWidth <= 1366 && !list.list_view_settings.total_fields) {
		list.list_view_settings.total_fields = 6; // the column of tags counts
		list.setup_columns();
		list.render_header(true);
	}
}
