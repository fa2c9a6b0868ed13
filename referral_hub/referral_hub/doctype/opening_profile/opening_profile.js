// A profile is known by its opening: by what people call it, not by the code it is linked by.
const OPENING_LINKS = { job_opening: "Job Opening", hiring_manager: "Employee", recruiter: "User" };

frappe.ui.form.on("Opening Profile", {
	refresh(frm) {
		Object.keys(OPENING_LINKS).forEach((field) => say_name(frm, field));
		const opening = frappe.utils.get_link_title("Job Opening", frm.doc.job_opening);
		if (!frm.is_new() && opening) frm.page.set_title(opening);
	},
	...Object.fromEntries(Object.keys(OPENING_LINKS).map((field) => [field, (frm) => say_name(frm, field)])),
});

/** Below a code stands its name, as far as it is known: of a new one with the next saving. */
function say_name(frm, field) {
	const title = frappe.utils.get_link_title(OPENING_LINKS[field], frm.doc[field]);
	frm.set_df_property(field, "description", frappe.utils.escape_html(title || ""));
}
