// Empty means any: what Frappe fills in from the user's defaults is taken out again. The server refuses what is wrong.

frappe.ui.form.on("Reward Rule", {
	onload_post_render(frm) {
		// not in onload: the field would write what it shows back into the document
		if (frm.is_new() && !frappe.route_options?.company) {
			(frm.doc.milestones || []).forEach(forget_currency);
			frm.set_value("company", "");
		}
	},
});

frappe.ui.form.on("Reward Rule Milestone", {
	milestones_add(frm, cdt, cdn) {
		forget_currency(locals[cdt][cdn]);
	},
	kind(frm, cdt, cdn) {
		const row = locals[cdt][cdn];
		if (row.kind !== "Cash" && row.currency) {
			frappe.model.set_value(cdt, cdn, "currency", null);
		}
	},
	milestone(frm, cdt, cdn) {
		const row = locals[cdt][cdn];
		if (row.milestone !== "Retained" && row.after_months) {
			frappe.model.set_value(cdt, cdn, "after_months", 0);
		}
	},
});

function forget_currency(row) {
	if (!row.amount) {
		row.currency = "";
	}
}
