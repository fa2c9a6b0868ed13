frappe.ui.form.on("Points Ledger Entry", {
	refresh(frm) {
		// the form translates options without their context, and "In" alone is another word
		frm.get_field("direction").df.formatter = (value) => __(value, null, "Points Ledger Entry");
		frm.refresh_field("direction");
	},
});
