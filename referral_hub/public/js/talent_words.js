/** Words for somebody in the talent pool: a draft that is read, changed, and sent by mail or as a text, or copied. */
(() => {
	frappe.provide("referral_hub.talent");

	const API = "referral_hub.api.talent.calls";
	const LANGUAGES = { en: "English", zh: "中文" }; // each in its own words
	const FIELDS = referral_hub.talent.fields;
	const FILES = referral_hub.talent.files;

	referral_hub.talent.write = function (frm, record, purpose) {
		const dialog = new frappe.ui.Dialog({
			title: __("Write", null, "Talent Pool Record"),
			size: "large",
			fields: [
				...fields_of(purpose, () => fill(frm, dialog, record)),
				...FILES.fields(() => FILES.add(dialog, record)),
			],
			primary_action_label: __("Send by E-mail"),
			primary_action: (values) => go(frm, dialog, "send_mail", record, values),
			secondary_action_label: __("Copy and Keep"),
			secondary_action: () => copy(frm, dialog, record),
		});
		dialog.add_custom_action(__("Send as a Text Message"), () =>
			link_and_go(frm, dialog, "send_text", record),
		);
		dialog.show();
		fill(frm, dialog, record);
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

	/** Only for a person who is a contact of ours in WeCom, and by whoever is somebody there. */
	function offer_wecom(frm, dialog, record, by_wecom) {
		if (by_wecom && !dialog.has_wecom) {
			dialog.has_wecom = true;
			dialog.add_custom_action(__("Send Through WeCom"), () =>
				link_and_go(frm, dialog, "send_by_wecom", record),
			);
		}
	}

	function fill(frm, dialog, record) {
		const { purpose, language, template } = dialog.get_values(true) || {};
		const asked = (dialog.asked = {});
		return frappe
			.call({ method: `${API}.draft`, args: { record, purpose, language, template } })
			.then(({ message }) => {
				// an answer that comes late is not for what is chosen by now
				if (dialog.asked !== asked) {
					return;
				}
				dialog.began_with = message.template;
				dialog.fields_dict.subject.set_input(message.subject);
				dialog.fields_dict.words.set_input(message.words);
				FILES.offer(dialog, message.files);
				offer_wecom(frm, dialog, record, message.by_wecom);
			});
	}

	/** What is sent along is a link at the end of the words. */
	async function link_and_go(frm, dialog, method, record) {
		const values = dialog.get_values();
		if (values) {
			const words = await FILES.with_link(dialog, record, values);
			go(frm, dialog, method, record, { ...values, words });
		}
	}

	/** The words are still under way when the clipboard is asked: Safari lets a page write there only at once after a click. */
	async function copy(frm, dialog, record) {
		const values = dialog.get_values();
		if (!values) {
			return null;
		}
		const promised = FILES.with_link(dialog, record, values);
		const is_copied = await to_clipboard(promised);
		const words = await promised;
		if (is_copied) {
			return go(frm, dialog, "keep_copied", record, { ...values, words });
		}
		dialog.fields_dict.words.set_input(words);
		dialog.fields_dict.words.$input.select();
		return frappe.msgprint(
			__(
				"The browser did not let us copy. Copy the words from the field yourself, then log the contact.",
			),
		);
	}

	/** `promised`: the words, once they are there. Return whether they could be copied. */
	async function to_clipboard(promised) {
		try {
			if (window.isSecureContext && navigator.clipboard && window.ClipboardItem) {
				const type = "text/plain";
				const content = promised.then((words) => new Blob([words], { type }));
				await navigator.clipboard.write([new ClipboardItem({ [type]: content })]);
				return true;
			}
			return copy_selected(await promised);
		} catch {
			return copy_selected(await promised);
		}
	}

	/** For a site without https, and a browser that refuses the other way. */
	function copy_selected(words) {
		const field = $("<textarea>")
			.val(words)
			.appendTo(document.activeElement?.closest(".modal") || "body");
		field.select();
		const is_copied = document.execCommand("copy");
		field.remove();
		return is_copied;
	}

	function go(frm, dialog, method, record, { subject, words, files }) {
		const args = { record, subject: subject || "", words, template: dialog.began_with || "" };
		args.files = files || [];
		if (method !== "send_mail") {
			delete args.subject;
		}
		return frappe.call({ method: `${API}.${method}`, args, freeze: true }).then(() => {
			dialog.hide();
			const said =
				method === "send_by_wecom"
					? __("Open your WeCom and confirm the message: only then it goes.")
					: __("It is kept.");
			frappe.show_alert({ message: said, indicator: "green" });
			return frm.reload_doc();
		});
	}
})();
