// HR sends a candidate the path of the designation they are offered: a link that works for a while.

frappe.ui.form.on("Job Offer", {
	refresh(frm) {
		const is_hr = frappe.user.has_role(["HR User", "HR Manager", "System Manager"]);
		if (!frm.is_new() && frm.doc.docstatus < 2 && is_hr) {
			frm.add_custom_button(__("Link to the Performance Path"), () => make_path_link(frm));
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
