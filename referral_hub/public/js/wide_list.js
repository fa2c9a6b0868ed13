/** On a laptop Frappe shows one field beside title and status; HR needs three. What a site set for its lists stays. */
frappe.provide("referral_hub.lists");

referral_hub.lists.show_more_columns = function (list, columns = 6) {
	if (window.innerWidth <= 1366 && !list.list_view_settings.total_fields) {
		list.list_view_settings.total_fields = columns; // the column of tags counts
		list.setup_columns();
		list.render_header(true);
	}
};
