// Words for the same thing; what follows a change at once and what does not is said above the form.
frappe.ui.form.on("Skill Synonym", {
	refresh(frm) {
		frm.set_intro(
			__(
				"Drafts and the talent pool follow at once. What stands in an index of people follows when the index is built anew.",
			),
			"blue",
		);
	},
});
