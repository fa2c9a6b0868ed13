frappe.ui.form.on("Talent Pool Record", {
	refresh(frm) {
		const waits = frm.doc.state === "In Pool" && frm.doc.referral && !frm.doc.job_opening;
		if (frm.is_new() || !waits || !frappe.user.has_role(["HR Manager", "HR User", "System Manager"])) {
			return;
		}
		frm.add_custom_button(__("Match to an Opening"), () => choose_opening(frm)).addClass("btn-primary");
	},
});

function choose_opening(frm) {
	const field = {
		fieldname: "opening",
		fieldtype: "Link",
		options: "Job Opening",
		label: __("Job Opening", null, "Referral Hub"),
		reqd: 1,
		description: __("The referrer keeps the referral and is told. The reward rules of today apply."),
		get_query: () => ({ filters: { status: "Open" } }),
	};
	frappe.prompt(field, (values) => match(frm, values.opening), __("Match to an Opening"), __("Match"));
}

function match(frm, opening) {
	return frm
		.call({ doc: frm.doc, method: "match_to", args: { opening }, freeze: true })
		.then(() => frm.reload_doc());
}
