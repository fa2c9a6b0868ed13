frappe.listview_settings["Points Account"] = {
	hide_name_column: true,
	add_fields: ["kind"],
	onload(list) {
		show_five_columns(list);
	},
	formatters: {
		// only wallets have an employee; the others are the company's own accounts
		employee: (value, field, doc) =>
			frappe.utils.escape_html(value || __(doc.kind, null, "Points Account")),
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
