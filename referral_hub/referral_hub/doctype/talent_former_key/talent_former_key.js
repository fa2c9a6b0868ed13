frappe.ui.form.on("Talent Former Key", {
	refresh(frm) {
		referral_hub.words.say(frm, { kind: "Talent Former Key" });
		frm.disable_save();
	},
});
