// Opened and cancelled by the server alone; the guest list is a list of answers, to be printed or exported as any.

frappe.ui.form.on("Referral Club Event", {
	refresh(frm) {
		if (frm.is_new()) return;
		const answers = () => frappe.set_route("List", "Referral Club Answer", { event: frm.doc.name });
		frm.add_custom_button(__("Guest List"), answers);
		if (frm.doc.state === "Draft") {
			step(frm, __("Ask the Members"), "open_event", __("Every member it is for is asked now. Go on?"));
		}
		if (frm.doc.state === "Open") {
			step(
				frm,
				__("Cancel the Event"),
				"cancel_event",
				__("Whoever comes or waits is told. Cancel it?"),
			);
		}
	},
});

function step(frm, label, method, question) {
	frm.add_custom_button(label, () => {
		if (frm.is_dirty()) return frappe.msgprint(__("Please save first."));
		frappe.confirm(question, () =>
			frappe
				.call({
					method: `referral_hub.api.announcing.club.${method}`,
					args: { event: frm.doc.name },
					freeze: true,
				})
				.then(() => frm.reload_doc()),
		);
	}).addClass("btn-primary");
}
