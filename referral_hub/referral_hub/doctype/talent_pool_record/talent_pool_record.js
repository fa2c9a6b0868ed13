frappe.ui.form.on("Talent Pool Record", {
	refresh(frm) {
		if (frm.is_new() || !frappe.user.has_role(["HR Manager", "HR User", "System Manager"])) {
			return;
		}
		frappe.require("/assets/referral_hub/js/one_person.js", () => add_buttons(frm));
	},
});

function add_buttons(frm) {
	const { person } = referral_hub;
	if (frm.doc.state !== "Closed") {
		frm.add_custom_button(__("Match to an Opening"), () => person.call_back(frm)).addClass("btn-primary");
	}
	if (person.may_erase()) {
		frm.add_custom_button(__("Delete Personal Data"), () => person.erase(frm));
	}
}
