// An empty company means every company: the user's default company is taken out of a new program again.
frappe.ui.form.on("Referral Program", {
	onload_post_render(frm) {
		// not in onload: the field would write what it shows back into the document
		if (frm.is_new() && !frappe.route_options?.company) {
			frm.set_value("company", "");
		}
	},
});
