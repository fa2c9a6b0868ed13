// The kinds of reward come from the apps on this site: the limits offer those.

frappe.ui.form.on("Referral Hub Settings", {
	refresh(frm) {
		frm.set_query("claw_back_component", () => ({ filters: { type: "Deduction", disabled: 0 } }));
		frm.set_query("cash_salary_component", () => ({ filters: { type: "Earning", disabled: 0 } }));
		offer_kinds(frm);
		offer_accounts(frm);
		if (frappe.model.can_create("Webhook")) {
			frm.add_custom_button(__("Tell Another System"), tell_another_system);
		}
	},
});

// A new Webhook of the platform, filled in but for the address and the secret.
function tell_another_system() {
	const method = "referral_hub.api.channels.webhooks.";
	frappe.call({ method: `${method}offered`, type: "GET" }).then(({ message: options }) => {
		const field = {
			fieldname: "what",
			fieldtype: "Select",
			label: __("When", null, "Referral Hub"),
			options,
			reqd: 1,
		};
		frappe.prompt(
			[field],
			({ what }) =>
				frappe
					.call({ method: `${method}ready`, type: "GET", args: { what } })
					.then(({ message }) => frappe.new_doc("Webhook", message)),
			__("Tell Another System"),
			__("Go On", null, "Referral Hub"),
		);
	});
}

function offer_kinds(frm) {
	frappe.call({ method: "referral_hub.api.desk.reward_kinds", type: "GET" }).then(({ message }) => {
		const grid = frm.fields_dict.approval_limits.grid;
		grid.update_docfield_property("kind", "options", message);
		grid.refresh();
	});
}

function offer_accounts(frm) {
	const of_company = (more) => (_doc, cdt, cdn) => ({
		filters: { company: locals[cdt][cdn].company, is_group: 0, disabled: 0, ...more },
	});
	frm.set_query("expense_account", "provision_accounts", of_company({ root_type: "Expense" }));
	frm.set_query("provision_account", "provision_accounts", of_company({ root_type: "Liability" }));
	frm.set_query("cost_center", "provision_accounts", of_company());
}
