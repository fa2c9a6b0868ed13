frappe.ui.form.on("Points Ledger Entry", {
	refresh(frm) {
		referral_hub.words.say(frm, { direction: "Points Ledger Entry" });
	},
});
