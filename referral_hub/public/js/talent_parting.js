/** Two people of the talent pool in one record: HR says what is the other person's. */
(() => {
	frappe.provide("referral_hub.talent");

	const API = "referral_hub.api.talent.parting";
	const escape = frappe.utils.escape_html;
	const on_day = (moment) => (moment ? frappe.datetime.str_to_user(String(moment).slice(0, 10)) : "");
	const joined = (parts) => parts.filter(Boolean).map(escape).join(" · ");

	const PARTS = {
		applications: {
			label: () => __("Applications", null, "Talent Pool Record"),
			said: ({ person_name, opening, on, email, phone }) => [
				person_name,
				opening,
				on_day(on),
				email,
				phone,
			],
		},
		addresses: {
			label: () => __("Other E-mails and Numbers", null, "Talent Pool Record"),
			said: ({ kind, contact }) => [contact, __(kind, null, "Talent Former Key")],
		},
		contacts: {
			label: () => __("Contacts", null, "Talent Pool Record"),
			said: ({ kind, on, words }) => [on_day(on), __(kind, null, "Talent Interaction"), words],
		},
		mails: {
			label: () => __("E-mails", null, "Talent Pool Record"),
			said: ({ on, words }) => [on_day(on), words],
		},
		signals: {
			label: () => __("Signals", null, "Talent Pool Record"),
			said: ({ kind, on, words }) => [on_day(on), __(kind, null, "Talent Signal"), words],
		},
		files: { label: () => __("Files", null, "Talent Pool Record"), said: ({ words }) => [words] },
	};

	referral_hub.talent.part = async function (frm) {
		const args = { record: frm.doc.name };
		const { message } = await frappe.call({ method: `${API}.facts`, args, type: "GET", freeze: true });
		const dialog = new frappe.ui.Dialog({
			title: __("These Are Two People"),
			size: "large",
			fields: fields_of(frm, message, () => name_both(dialog, frm, message.applications)),
			primary_action_label: __("Make Two Records"),
			primary_action: (values) => go(frm, dialog, values),
		});
		dialog.show();
	};

	const fields_of = (frm, facts, change) => [
		{
			fieldtype: "HTML",
			options: `<p>${__(
				"Tick what is the other person's: it goes to a record of their own. What is not ticked stays here. An e-mail and a number go with the application they stand on.",
			)}</p><p class="text-muted">${__(
				"Links that were sent to either of them open nothing any more; send new ones.",
			)} ${__(
				"What you wrote into the form (note, skills, wishes, preferences, questions) stays here: move it by hand.",
			)} ${__(
				"Signals of somebody who has not agreed to be kept in touch with are deleted: tick what was decided too where they have.",
			)}</p>`,
		},
		{ fieldtype: "Section Break" },
		{
			fieldname: "stays_as",
			fieldtype: "Data",
			reqd: 1,
			label: __("Who Stays Here"),
			default: frm.doc.person_name,
		},
		{ fieldtype: "Column Break" },
		{ fieldname: "name", fieldtype: "Data", reqd: 1, label: __("The Other Person") },
		...Object.entries(PARTS).flatMap(([part, { label, said }]) =>
			facts[part].length
				? [
						{ fieldtype: "Section Break" },
						{
							fieldname: part,
							fieldtype: "MultiCheck",
							label: label(),
							columns: 1,
							options: facts[part].map((row) => ({
								value: row.name,
								label: joined(said(row)),
							})),
							on_change: part === "applications" ? change : undefined,
						},
					]
				: [],
		),
		...decided(frm),
	];

	const decided = ({ doc }) =>
		doc.consent_state !== "Not Asked" || doc.state === "Do Not Contact" || doc.erasure_asked_on
			? [
					{ fieldtype: "Section Break" },
					{
						fieldname: "has_decided",
						fieldtype: "Check",
						label: __("What Was Decided Is the Other Person's"),
						description: __(
							"What was agreed to, that nobody is to contact them, or that they asked for deletion.",
						),
					},
				]
			: [];

	/** Each is called as on their newest application, until somebody types another name. */
	function name_both(dialog, frm, applications) {
		const chosen = dialog.get_value("applications") || [];
		const newest = (is_other) =>
			applications.find(({ name }) => chosen.includes(name) === is_other)?.person_name;
		const names = { name: newest(true) || "", stays_as: newest(false) || frm.doc.person_name };
		Object.entries(names).forEach(([field, name]) => {
			const typed = dialog.get_value(field);
			if (!typed || typed === (dialog.named || {})[field] || typed === frm.doc.person_name) {
				dialog.set_value(field, name);
			}
		});
		dialog.named = names;
	}

	function go(frm, dialog, { name, stays_as, has_decided, ...chosen }) {
		const args = { record: frm.doc.name, name, stays_as, chosen, has_decided: has_decided ? 1 : 0 };
		return frappe.call({ method: `${API}.split`, args, freeze: true }).then(({ message }) => {
			dialog.hide();
			const link = `<a href="${frappe.utils.get_form_link(frm.doctype, message)}">${escape(name)}</a>`;
			frappe.show_alert({ message: __("{0} has a record now.", [link]), indicator: "green" }, 10);
			return frm.reload_doc();
		});
	}
})();
