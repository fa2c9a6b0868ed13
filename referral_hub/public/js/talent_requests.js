/** HR asks a colleague to write to somebody in the talent pool: about one person with a draft, about several from the list. */
(() => {
	frappe.provide("referral_hub.talent");

	const API = "referral_hub.api.talent.requests";
	const { purpose, template, subject } = referral_hub.talent.fields;
	const note = () => ({
		fieldname: "note",
		fieldtype: "Small Text",
		label: __("What HR Asks", null, "Recall Request"),
		description: __("The colleague reads this above the draft."),
	});
	const days = () => ({
		fieldname: "days",
		fieldtype: "Int",
		label: __("Answer Within (Working Days)", null, "Recall Request"),
		description: __("Empty: as the settings say."),
	});
	const colleague = (more) => ({
		fieldname: "asked",
		fieldtype: "Link",
		options: "Employee",
		label: __("Who Is Asked", null, "Recall Request"),
		get_query: () => ({ filters: { status: "Active" } }),
		...more,
	});

	referral_hub.talent.ask = function (frm) {
		const dialog = new frappe.ui.Dialog({
			title: __("Ask a Colleague to Write"),
			size: "large",
			fields: fields_of(
				() => fill(dialog, frm.doc.name),
				() => Promise.all([name_colleague(dialog), fill(dialog, frm.doc.name)]),
			),
			primary_action_label: __("Ask", null, "Recall Request"),
			primary_action: (values) => go(frm, dialog, values),
		});
		dialog.show();
		fill(dialog, frm.doc.name);
	};

	/** The hiring manager of each opening, or one colleague for all. */
	referral_hub.talent.ask_about = function (list) {
		const records = list.get_checked_items(true);
		if (!records.length) {
			return;
		}
		const fields = [
			colleague({ description: __("Empty: the hiring manager of each person's opening.") }),
			purpose(),
			days(),
			note(),
		];
		const chosen = (values) =>
			frappe
				.call({
					method: `${API}.ask_about`,
					args: { ...values, days: values.days || 0, records },
					freeze: true,
				})
				.then(({ message }) => tell(list, message));
		frappe.prompt(fields, chosen, __("Ask Colleagues to Write"), __("Ask", null, "Recall Request"));
	};

	const fields_of = (change, change_colleague) => [
		colleague({ reqd: 1, change: change_colleague }),
		{ fieldtype: "Column Break" },
		days(),
		{ fieldtype: "Section Break" },
		note(),
		{ fieldtype: "Section Break", label: __("Draft", null, "Recall Request") },
		purpose(change),
		{ fieldtype: "Column Break" },
		template(change),
		{ fieldtype: "Section Break" },
		subject(),
		{
			fieldname: "words",
			fieldtype: "Text",
			reqd: 1,
			label: __("Words", null, "Recall Template"),
			description: __("In the colleague's name; they change it as they like."),
		},
	];

	/** Below the code of an employee stands their name. */
	async function name_colleague(dialog) {
		const asked = dialog.get_value("asked");
		const { message } = asked ? await frappe.db.get_value("Employee", asked, "employee_name") : {};
		if (dialog.get_value("asked") === asked) {
			const name = frappe.utils.escape_html(message?.employee_name || "");
			dialog.set_df_property("asked", "description", name);
		}
	}

	/** What was typed by hand stays; a draft that nobody has touched follows the choices. */
	function fill(dialog, record) {
		const { asked, purpose: what, template: chosen } = dialog.get_values(true) || {};
		if (is_touched(dialog)) {
			return null;
		}
		return frappe
			.call({
				method: `${API}.draft`,
				type: "GET",
				args: { record, asked, purpose: what, template: chosen },
			})
			.then(({ message }) => {
				if (is_touched(dialog)) {
					return;
				}
				dialog.began_with = message.template;
				dialog.proposed = message.words;
				dialog.fields_dict.subject.set_input(message.subject);
				dialog.fields_dict.words.set_input(message.words);
				if (!dialog.has_proposed && !asked && message.hiring_manager) {
					dialog.set_value("asked", message.hiring_manager);
				}
				dialog.has_proposed = true;
			});
	}

	const is_touched = (dialog) => {
		const words = dialog.get_value("words");
		return Boolean(words) && words !== dialog.proposed;
	};

	function go(frm, dialog, values) {
		const args = { ...values, days: values.days || 0, record: frm.doc.name };
		args.template = dialog.began_with || "";
		return frappe.call({ method: `${API}.ask`, args, freeze: true }).then(() => {
			dialog.hide();
			frappe.show_alert({ message: __("The colleague was asked."), indicator: "green" });
			return frm.reload_doc();
		});
	}

	function tell(list, { asked, refused }) {
		const escape = frappe.utils.escape_html;
		const rows = refused.map((row) => `<li>${escape(row.person_name)}: ${escape(row.why)}</li>`).join("");
		const said =
			asked === 1 ? __("{0} request was sent.", [asked]) : __("{0} requests were sent.", [asked]);
		list.clear_checked_items();
		if (!rows) {
			return frappe.show_alert({ message: said, indicator: "green" });
		}
		return frappe.msgprint({
			title: __("Ask Colleagues to Write"),
			message: `<p>${said}</p><p>${__("Not asked:")}</p><ul>${rows}</ul>`,
			indicator: "orange",
		});
	}
})();
