frappe.ui.form.on("Talent Signal", {
	refresh(frm) {
		// the form translates options without their context
		for (const name of ["kind", "source"]) {
			frm.get_field(name).df.formatter = (value) => __(value, null, "Talent Signal");
			frm.refresh_field(name);
		}
		frm.disable_save();
	},
});
