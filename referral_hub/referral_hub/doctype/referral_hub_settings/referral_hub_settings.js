// The kinds of reward come from the apps on this site: the limits offer those.

frappe.ui.form.on("Referral Hub Settings", {
	refresh(frm) {
		frm.set_query("claw_back_component", () => ({ filters: { type: "Deduction", disabled: 0 } }));
		frm.set_query("cash_salary_component", () => ({ filters: { type: "Earning", disabled: 0 } }));
		offer_kinds(frm);
	},
});

function offer_kinds(frm) {
	frappe.call({ method: "referral_hub.api.desk.reward_kinds", type: "GET" }).then(({ message }) => {
		const grid = frm.fields_dict.approval_limits.grid;
		grid.update_docfield_property("kind", "options", message);
		grid.refresh();
	});
}
