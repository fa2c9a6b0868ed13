/** Pictures and voices that go with words to somebody in the talent pool: those of the template, and what is added for this person. */
(() => {
	frappe.provide("referral_hub.talent");

	const KINDS = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp3", ".m4a", ".aac", ".ogg", ".wav"];
	const LARGEST = 5 * 1024 * 1024;
	const CAPTIONS = "referral_hub.api.talent.captions";

	const fields = (add) => [
		{
			fieldname: "files",
			fieldtype: "MultiCheck",
			label: __("Pictures and Voices"),
			columns: 2,
			hidden: 1,
		},
		{ fieldname: "add_file", fieldtype: "Button", label: __("Add a Picture or a Voice"), click: add },
	];

	/** The template's own follow the template, ticked as far as they go together; what was added for this person stays, ticked or not as it was left. */
	function offer(dialog, of_template) {
		const { files } = dialog.fields_dict;
		const left_out = files.get_unchecked_options() || [];
		const added = (dialog.added_files || []).map((file) => [file, !left_out.includes(file.file)]);
		const shown = [...of_template.map((file) => [file, file.goes]), ...added];
		dialog.files_of_template = of_template;
		files.df.options = shown.map(([{ file, file_name, caption }, checked]) => ({
			value: file,
			label: frappe.utils.escape_html(caption ? `${caption} (${file_name})` : file_name),
			checked,
		}));
		dialog.set_df_property("files", "hidden", shown.length ? 0 : 1);
		files.refresh();
	}

	function add(dialog, record) {
		return new frappe.ui.FileUploader({
			doctype: "Talent Pool Record",
			docname: record,
			folder: "Home/Attachments",
			dialog_title: __("Add a Picture or a Voice"),
			restrictions: { allowed_file_types: KINDS, max_file_size: LARGEST },
			allow_toggle_private: false,
			disable_file_browser: true,
			allow_web_link: false,
			on_success: ({ name, file_name }) => {
				const file = { file: name, file_name };
				dialog.added_files = [...(dialog.added_files || []), file];
				offer(dialog, dialog.files_of_template || []);
				ask_caption(dialog, file);
			},
		});
	}

	/** What it shows is read under it; without it stands what it is. */
	function ask_caption(dialog, file) {
		const field = {
			fieldname: "caption",
			fieldtype: "Data",
			label: __("What It Shows"),
			description: __("The person reads this under it, as: your team at the harbour."),
		};
		const chosen = async ({ caption }) => {
			if (!caption) {
				return;
			}
			await frappe.call({ method: `${CAPTIONS}.write`, args: { file: file.file, caption } });
			file.caption = caption;
			offer(dialog, dialog.files_of_template || []);
		};
		frappe.prompt(field, chosen, file.file_name, __("Save"));
	}

	/** Of a template: a line for each picture and voice, in both languages. */
	async function write_captions(frm) {
		const args = { template: frm.doc.name };
		const call = { method: `${CAPTIONS}.of_template`, args, type: "GET", freeze: true };
		const { message: files } = await frappe.call(call);
		if (!files.length) {
			frappe.msgprint(__("Attach a picture or a voice first."));
			return;
		}
		const fields = files.flatMap(({ file, file_name, caption, caption_zh }) => [
			{ fieldtype: "Section Break", label: frappe.utils.escape_html(file_name) },
			{ fieldname: `en:${file}`, fieldtype: "Data", label: __("What It Shows"), default: caption },
			{ fieldtype: "Column Break" },
			{
				fieldname: `zh:${file}`,
				fieldtype: "Data",
				label: __("What It Shows (Chinese)"),
				default: caption_zh,
			},
		]);
		const chosen = async (values) => {
			for (const { file, caption, caption_zh } of files) {
				const said = { caption: values[`en:${file}`] || "", caption_zh: values[`zh:${file}`] || "" };
				if (said.caption !== caption || said.caption_zh !== caption_zh) {
					await frappe.call({ method: `${CAPTIONS}.write`, args: { file, ...said }, freeze: true });
				}
			}
			frappe.show_alert({ message: __("It is kept."), indicator: "green" });
		};
		frappe.prompt(fields, chosen, __("What They Show"), __("Save"));
	}

	/** Words that go by a messenger carry a link to what is ticked: one link for a dialog, however often it is sent from there. */
	async function with_link(dialog, record, { words, files }) {
		if (!files?.length) {
			return words;
		}
		const method = "referral_hub.api.talent.calls.link_to_files";
		dialog.link_to_files ||= (await frappe.call({ method, args: { record } })).message;
		if (words.includes(dialog.link_to_files)) {
			return words;
		}
		return `${words.trimEnd()}\n\n${dialog.link_to_files}`;
	}

	referral_hub.talent.files = { fields, offer, add, with_link, write_captions };
})();
