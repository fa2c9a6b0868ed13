// A month is booked by itself; here Accounts looks again, or books anew what somebody took out.

frappe.ui.form.on("Points Provision", {
	refresh(frm) {
		frm.disable_save();
		const { state, note } = frm.doc;
		if (!frappe.model.can_create("Journal Entry")) return;
		if (!["Waiting", "Taken Out"].includes(state) && !note) return;
		const label = state === "Taken Out" || frm.doc.taken_out_by ? __("Book Again") : __("Try Now");
		frm.add_custom_button(label, () =>
			frappe
				.call({
					method: "referral_hub.api.shop.books.provide_again",
					args: { provision_of: frm.doc.name },
					freeze: true,
				})
				.then(() => frm.reload_doc()),
		).addClass("btn-primary");
	},
});
