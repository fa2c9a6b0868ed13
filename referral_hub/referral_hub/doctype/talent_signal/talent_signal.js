frappe.ui.form.on("Talent Signal", {
	refresh(frm) {
		referral_hub.words.say(frm, { kind: "Talent Signal", source: "Talent Signal" });
		frm.disable_save();
	},
});
