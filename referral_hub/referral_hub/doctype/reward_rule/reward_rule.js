// Empty means any: what Frappe fills in from the user's defaults is taken out again. The server refuses what is wrong.

frappe.ui.form.on("Reward Rule", {
	setup(frm) {
		frm.reward_kinds = {};
		frappe.call({ method: "referral_hub.api.desk.reward_kinds", type: "GET" }).then(({ message }) => {
			offer_kinds(frm, message || []);
		});
	},
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
		if (!frm.reward_kinds[row.kind]?.has_currency && !row.taxable_value && row.currency) {
			frappe.model.set_value(cdt, cdn, "currency", null);
		}
		show_what_the_kind_reads(frm, row);
	},
	form_render(frm, cdt, cdn) {
		show_what_the_kind_reads(frm, locals[cdt][cdn]);
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

/** Which kinds there are, the server knows: other apps add theirs. */
function offer_kinds(frm, kinds) {
	frm.reward_kinds = Object.fromEntries(kinds.map((kind) => [kind.value, kind]));
	const options = kinds.map(({ value, label }) => ({ value, label }));
	frm.fields_dict.milestones.grid.update_docfield_property("kind", "options", options);
	frm.refresh_field("milestones");
}

function show_what_the_kind_reads(frm, row) {
	const opened = frm.fields_dict.milestones.grid.get_row(row.name)?.grid_form;
	const read = frm.reward_kinds[row.kind]?.columns || [];
	const all = new Set(Object.values(frm.reward_kinds).flatMap(({ columns }) => columns));
	all.forEach((fieldname) => opened?.fields_dict[fieldname]?.toggle(read.includes(fieldname)));
}
