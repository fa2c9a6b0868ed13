// A profile is known by its opening: by what people call it, not by the code it is linked by.
// What is looked for: drafted from the Designation and the opening, then HR's to change, to confirm and to show.
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
	frm.add_custom_button(__("Draft Requirements"), () => draft(frm));
	const waiting = (frm.doc.requirements || []).filter((row) => row.proposed).length;
	const is_shown = frm.doc.requirements_confirmed;
	if (!frm.doc.requirements?.length || (is_shown && !waiting)) return;
	frm.add_custom_button(__("Confirm Requirements"), () => confirm_all(frm));
	frm.set_intro(
		is_shown
			? __("Rows drafted since you confirmed: {0}. Nobody else sees them until you confirm.", [waiting])
			: __("The requirements are a draft: employees do not see them yet."),
		"orange",
	);
}

async function draft(frm) {
	const { message: added } = await frm.call({
		doc: frm.doc,
		method: "draft_requirements",
		freeze: true,
	});
	frm.refresh_fields();
	if (added) frm.dirty();
	frappe.show_alert({
		message: added
			? __(
					"Drafted: {0}. Open a row to see the sentence it was read in, change what you like, then save.",
					[added],
				)
			: __("Nothing new: every requirement that the opening names has a row, or you took it out."),
		indicator: added ? "green" : "blue",
	});
}

/** What HR looked at is no draft any more. */
async function confirm_all(frm) {
	for (const row of frm.doc.requirements) row.proposed = 0;
	await frm.set_value("requirements_confirmed", 1);
	frm.dirty();
	await frm.save();
}
