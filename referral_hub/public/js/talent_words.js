/** Words for somebody in the talent pool: a draft that is read, changed, and sent by mail or as a text, or copied. */
(() => {
	frappe.provide("referral_hub.talent");

	const API = "referral_hub.api.talent.calls";
	const LANGUAGES = { en: "English", zh: "中文" }; // each in its own words
	const FIELDS = referral_hub.talent.fields;

	referral_hub.talent.write = function (frm, record, purpose) {
		const dialog = new frappe.ui.Dialog({
			title: __("Write", null, "Talent Pool Record"),
			size: "large",
			fields: fields_of(purpose, () => fill(dialog, record)),
			primary_action_label: __("Send by E-mail"),
			primary_action: (values) => go(frm, dialog, "send_mail", record, values),
			secondary_action_label: __("Copy and Keep"),
			secondary_action: () => copy(frm, dialog, record),
		});
		dialog.add_custom_action(__("Send as a Text Message"), () => text(frm, dialog, record));
		dialog.show();
		fill(dialog, record);
	};

	const fields_of = (purpose, change) => [
		FIELDS.purpose(change, purpose),
		{ fieldtype: "Column Break" },
		{
			fieldname: "language",
			fieldtype: "Select",
			label: __("Language", null, "Recall Template"),
			options: [
				{ value: "", label: "" },
				...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
			],
			change,
		},
		FIELDS.template(change),
		{ fieldtype: "Section Break" },
		FIELDS.subject(),
		{ fieldname: "words", fieldtype: "Text", reqd: 1, label: __("Words", null, "Recall Template") },
	];

	function fill(dialog, record) {
		const { purpose, language, template } = dialog.get_values(true) || {};
		return frappe
			.call({ method: `${API}.draft`, args: { record, purpose, language, template } })
			.then(({ message }) => {
				dialog.began_with = message.template;
				dialog.fields_dict.subject.set_input(message.subject);
				dialog.fields_dict.words.set_input(message.words);
			});
	}

	function text(frm, dialog, record) {
		const values = dialog.get_values();
		if (values) {
			go(frm, dialog, "send_text", record, values);
		}
	}

	function copy(frm, dialog, record) {
		const values = dialog.get_values();
		if (values) {
			frappe.utils.copy_to_clipboard(values.words);
			go(frm, dialog, "keep_copied", record, values);
		}
	}

	function go(frm, dialog, method, record, { subject, words }) {
		const args = { record, subject: subject || "", words, template: dialog.began_with || "" };
		if (method !== "send_mail") {
			delete args.subject;
		}
		return frappe.call({ method: `${API}.${method}`, args, freeze: true }).then(() => {
			dialog.hide();
			frappe.show_alert({ message: __("It is kept."), indicator: "green" });
			return frm.reload_doc();
		});
	}
})();
