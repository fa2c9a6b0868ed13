frappe.ui.form.on("Recall Template", {
	refresh(frm) {
		if (!frm.is_new()) {
			frm.set_intro(__("Pictures and voices that are attached to this template go with its words."));
		}
		if (!frm.is_new()) {
			frappe.require(
				["talent_files", "talent_links"].map((each) => `/assets/referral_hub/js/${each}.js`),
				() => {
					const { files, show_links_of_template } = referral_hub.talent;
					frm.add_custom_button(__("What They Show"), () => files.write_captions(frm));
					show_links_of_template(frm);
				},
			);
		}
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
	const dialog = new frappe.ui.Dialog({
		title: __("Preview", null, "Recall Template"),
		// while it would fade in it takes the focus from who types already: the platform then looks up half a name, and drops the choice
		animate: false,
		fields: [
			{
				fieldname: "record",
				fieldtype: "Link",
				options: "Talent Pool Record",
				label: __("Person", null, "Talent Prompt"),
				get_query: () => ({ filters: { state: ["in", ["In Pool", "Resting", "Matched"]] } }),
				change: () => fill(frm, dialog),
			},
			{ fieldname: "words", fieldtype: "HTML" },
		],
	});
	dialog.show();
}

/** A chosen person is known once the platform has looked them up, which `change` tells: until then the field's value is a name as it was typed. */
function fill(frm, dialog) {
	const record = dialog.fields_dict.record.value;
	dialog.fields_dict.words.html("");
	if (!record) {
		return null;
	}
	return frappe
		.call({
			method: "referral_hub.api.talent.calls.draft",
			type: "GET",
			args: { record, purpose: frm.doc.purpose, template: frm.doc.name },
		})
		.then(({ message }) => {
			if (dialog.fields_dict.record.value === record) {
				dialog.fields_dict.words.html(page_of(message));
			}
		});
}

function page_of({ subject, words }) {
	const escape = frappe.utils.escape_html;
	return `<h5>${escape(subject)}</h5><div style="white-space: pre-line">${escape(words)}</div>`;
}
