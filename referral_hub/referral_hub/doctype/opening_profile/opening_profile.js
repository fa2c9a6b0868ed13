// A profile is known by its opening: by what people call it, not by the code it is linked by.
// What is looked for: drafted from the skills of the Designation, then HR's to change and to show.
const OPENING_LINKS = { job_opening: "Job Opening", hiring_manager: "Employee", recruiter: "User" };

frappe.ui.form.on("Opening Profile", {
	refresh(frm) {
		Object.keys(OPENING_LINKS).forEach((field) => say_name(frm, field));
		const opening = frappe.utils.get_link_title("Job Opening", frm.doc.job_opening);
		if (!frm.is_new() && opening) frm.page.set_title(opening);
		offer_draft(frm);
	},
	...Object.fromEntries(Object.keys(OPENING_LINKS).map((field) => [field, (frm) => say_name(frm, field)])),
});

/** Below a code stands its name, as far as it is known: of a new one with the next saving. */
function say_name(frm, field) {
	const title = frappe.utils.get_link_title(OPENING_LINKS[field], frm.doc[field]);
	frm.set_df_property(field, "description", frappe.utils.escape_html(title || ""));
}

function offer_draft(frm) {
	if (frm.is_new() || !frm.perm[0]?.write) return;
	frm.add_custom_button(__("Draft from the Designation"), () => draft(frm));
	if (frm.doc.requirements?.length && !frm.doc.requirements_confirmed) {
		frm.set_intro(__("The requirements are a draft: employees do not see them yet."), "orange");
	}
}

async function draft(frm) {
	const before = frm.doc.requirements?.length || 0;
	await frm.call({ doc: frm.doc, method: "draft_requirements", freeze: true });
	frm.refresh_fields();
	if ((frm.doc.requirements?.length || 0) > before) {
		frm.dirty();
		return;
	}
	frappe.show_alert({
		message: __("Every skill of the Designation has a row."),
		indicator: "blue",
	});
}
