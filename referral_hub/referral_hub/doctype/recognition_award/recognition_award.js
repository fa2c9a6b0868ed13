// A badge given by hand or by rule can be withdrawn, with a reason its owner reads.

frappe.ui.form.on("Recognition Award", {
	refresh(frm) {
		const mine = frappe.model.can_write("Recognition Badge");
		if (frm.doc.state !== "Held" || frm.doc.given_by === "Reward" || !mine) return;
		frm.add_custom_button(__("Withdraw", null, "Recognition Award"), () => withdraw(frm));
	},
});

function withdraw(frm) {
	frappe.prompt(
		[{ fieldname: "reason", fieldtype: "Small Text", label: __("Why (the employee reads it)"), reqd: 1 }],
		({ reason }) =>
			frappe
				.xcall("referral_hub.api.recognition.desk.withdraw_badge", { award: frm.doc.name, reason })
				.then(() => frm.reload_doc()),
		__("Withdraw", null, "Recognition Award"),
	);
}
