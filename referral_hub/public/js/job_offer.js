// HR sends a candidate the path of the designation they are offered, and agrees with them on the goals of the first months.

frappe.ui.form.on("Job Offer", {
	refresh(frm) {
		const is_hr = frappe.user.has_role(["HR User", "HR Manager", "System Manager"]);
		if (!frm.is_new() && frm.doc.docstatus < 2 && is_hr) {
			frm.add_custom_button(__("Link to the Performance Path"), () => make_path_link(frm));
			frm.add_custom_button(__("Goals Before Joining"), () => open_goals(frm));
		}
	},
});

async function make_path_link(frm) {
	const { message } = await frappe.call({
		method: "referral_hub.api.paths.desk.make_link",
		args: { offer: frm.doc.name },
		freeze: true,
	});
	frappe.utils.copy_to_clipboard(message);
	frappe.msgprint({
		title: __("Link to the Performance Path"),
		message: `<p>${__("Copied. Send it to the candidate as you like:")}</p><code>${frappe.utils.escape_html(
			message,
		)}</code>`,
	});
}

async function open_goals(frm) {
	const { message: known } = await frappe.db.get_value(
		"Onboarding Goal Plan",
		{ job_applicant: frm.doc.job_applicant, state: ["!=", "Cancelled"] },
		"name",
	);
	const plan = known?.name || (await make_goals(frm));
	if (plan) {
		frappe.set_route("Form", "Onboarding Goal Plan", plan);
	}
}

async function make_goals(frm) {
	const { message } = await frappe.call({
		method: "referral_hub.api.paths.goals.make",
		args: { offer: frm.doc.name },
		freeze: true,
	});
	return message;
}
