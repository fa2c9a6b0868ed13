/** From an opening to the people of the talent pool who may fit it. */
frappe.ui.form.on("Job Opening", {
	refresh(frm) {
		const may_ask = frappe.user.has_role(["HR Manager", "HR User", "System Manager"]);
		if (frm.is_new() || frm.doc.status !== "Open" || !may_ask) {
			return;
		}
		frm.add_custom_button(__("Best People of the Talent Pool"), () =>
			frappe.require("/assets/referral_hub/js/talent_matching.js", () =>
				referral_hub.talent.best_people(frm.doc.name, frm.doc.job_title),
			),
		);
	},
});
