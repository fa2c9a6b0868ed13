frappe.ui.form.on("Recall Template", {
	refresh(frm) {
		if (!frm.is_new() && frm.doc.enabled) {
			frm.add_custom_button(__("Preview", null, "Recall Template"), () => preview(frm));
		}
	},
});

/** The words as somebody of the pool would get them: what is known of them is filled in, nothing is sent. */
function preview(frm) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Please save first: the preview shows what is saved."));
		return;
	}
	const person = {
		fieldname: "record",
		fieldtype: "Link",
		options: "Talent Pool Record",
		reqd: 1,
		label: __("Person", null, "Talent Prompt"),
		get_query: () => ({ filters: { state: ["in", ["In Pool", "Resting", "Matched"]] } }),
	};
	frappe.prompt(
		person,
		({ record }) =>
			frappe
				.call({
					method: "referral_hub.api.talent.calls.draft",
					type: "GET",
					args: { record, purpose: frm.doc.purpose, template: frm.doc.name },
				})
				.then(({ message }) => show(message)),
		__("Preview", null, "Recall Template"),
		__("Show", null, "Recall Template"),
	);
}

function show({ subject, words }) {
	const escape = frappe.utils.escape_html;
	frappe.msgprint({
		title: escape(subject),
		message: `<div style="white-space: pre-line">${escape(words)}</div>`,
	});
}
