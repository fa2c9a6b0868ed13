// The level of an employee as a referrer, and what it brings: a line above the form, for HR.

frappe.ui.form.on("Employee", {
	refresh(frm) {
		if (frm.is_new() || !frappe.model.can_read("Referral Recognition")) return;
		frappe
			.xcall("referral_hub.api.recognition.desk.of_employee", { employee: frm.doc.name })
			.then((found) => found && found.name && show_level(frm, found));
	},
});

function show_level(frm, found) {
	if (frm.doc.name !== cur_frm?.doc.name || !found.level) return;
	const perks = [
		found.training_priority && __("First in Line for Training"),
		found.promotion_priority && __("Looked at First for Promotion"),
	].filter(Boolean);
	const words = [frappe.utils.escape_html(found.level), ...perks].join(" · ");
	frm.dashboard.add_indicator(
		`<a href="${frappe.utils.get_form_link("Referral Recognition", found.name)}">${words}</a>`,
		"green",
	);
}
