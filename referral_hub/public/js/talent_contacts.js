/** What HR does about somebody in the talent pool: log a contact, confirm or reject a no-show, respect a no. */
(() => {
	frappe.provide("referral_hub.talent");

	const API = "referral_hub.api.desk_talent";
	const KINDS = ["Call", "E-mail", "SMS", "Message", "Meeting", "Note"];
	const options_of = (values) =>
		values.map((value) => ({ value, label: __(value, null, "Talent Interaction") }));

	referral_hub.talent.change = function (frm, method, args, said) {
		return frappe
			.call({ method: `${API}.${method}`, args: { record: frm.doc.name, ...args }, freeze: true })
			.then(() => {
				if (said) {
					frappe.show_alert({ message: said, indicator: "green" });
				}
				return frm.reload_doc();
			});
	};

	referral_hub.talent.log = function (frm) {
		const fields = [
			{
				fieldname: "kind",
				fieldtype: "Select",
				reqd: 1,
				label: __("Kind", null, "Talent Interaction"),
				options: options_of(KINDS),
				default: "Call",
			},
			{
				fieldname: "direction",
				fieldtype: "Select",
				label: __("Who Got in Touch"),
				options: [
					{ value: "", label: "" },
					{ value: "Out", label: __("We got in touch") },
					{ value: "In", label: __("They got in touch") },
				],
				default: "Out",
				depends_on: "eval:doc.kind != 'Note'",
			},
			{
				fieldname: "interested",
				fieldtype: "Check",
				label: __("They Are Interested", null, "Talent Interaction"),
				depends_on: "eval:doc.kind != 'Note' && doc.direction == 'In'",
			},
			{
				fieldname: "happened_on",
				fieldtype: "Datetime",
				label: __("Happened On", null, "Talent Pool Record"),
				default: frappe.datetime.now_datetime(),
			},
			{
				fieldname: "summary",
				fieldtype: "Small Text",
				reqd: 1,
				label: __("What Was Said", null, "Talent Interaction"),
			},
		];
		const chosen = (values) =>
			referral_hub.talent.change(
				frm,
				"log_contact",
				{
					...values,
					direction: values.kind === "Note" ? "" : values.direction || "",
					interested: values.interested ? 1 : 0,
				},
				__("It is kept."),
			);
		frappe.prompt(fields, chosen, __("Log a Contact"), __("Save"));
	};

	/** Ask me again on a day I choose. */
	referral_hub.talent.remind = function (frm) {
		const fields = [
			{
				fieldname: "on",
				fieldtype: "Date",
				reqd: 1,
				label: __("On", null, "Talent Prompt"),
				default: frappe.datetime.add_days(frappe.datetime.get_today(), 30),
			},
			{ fieldname: "why", fieldtype: "Small Text", label: __("Why Now", null, "Talent Prompt") },
		];
		const method = "referral_hub.api.talent.calls.remind";
		const chosen = (values) =>
			frappe
				.call({ method, args: { record: frm.doc.name, ...values }, freeze: true })
				.then(() => frm.reload_doc());
		frappe.prompt(fields, chosen, __("Remind Me", null, "Talent Pool Record"), __("Save"));
	};

	referral_hub.talent.add_signal = function (frm) {
		const kinds = [
			"Changed Job",
			"Looks for a Job",
			"Interested",
			"Wrote to Us",
			"Looked at Our Openings",
			"Other",
		];
		const fields = [
			{
				fieldname: "kind",
				fieldtype: "Select",
				reqd: 1,
				label: __("Kind", null, "Talent Signal"),
				options: kinds.map((value) => ({ value, label: __(value, null, "Talent Signal") })),
			},
			{
				fieldname: "words",
				fieldtype: "Small Text",
				label: __("What Was Seen", null, "Talent Signal"),
			},
		];
		const method = "referral_hub.api.talent.calls.add_signal";
		const chosen = (values) =>
			frappe
				.call({ method, args: { record: frm.doc.name, ...values }, freeze: true })
				.then(() => frm.reload_doc());
		frappe.prompt(fields, chosen, __("Add a Signal"), __("Save"));
	};

	referral_hub.talent.confirm_no_show = function (frm) {
		const fields = [
			{
				fieldname: "reason",
				fieldtype: "Link",
				options: "Referral Reason",
				reqd: 1,
				label: __("Why", null, "Talent Pool Record"),
				get_query: () => ({ filters: { applies_to: "No-show", enabled: 1 } }),
			},
			{
				fieldname: "words",
				fieldtype: "Small Text",
				label: __("Why, in Words", null, "Talent Pool Record"),
			},
		];
		const chosen = (values) => referral_hub.talent.change(frm, "confirm_no_show", values);
		frappe.prompt(fields, chosen, __("Did Not Come"), __("Confirm", null, "Talent Pool Record"));
	};

	/** Only the person gets the link; what came of it is said, never where it leads. */
	referral_hub.talent.send_page = (frm) =>
		frappe
			.call({ method: `${API}.send_page_link`, args: { record: frm.doc.name }, freeze: true })
			.then(({ message }) =>
				frappe.show_alert({
					message: message ? __("The link is on its way.") : __("This person can't be written to."),
					indicator: message ? "green" : "orange",
				}),
			);

	referral_hub.talent.export = (frm) =>
		frappe
			.call({ method: `${API}.export`, args: { record: frm.doc.name }, type: "GET", freeze: true })
			.then(({ message }) => {
				const file = new Blob([JSON.stringify(message, null, 1)], { type: "application/json" });
				const link = document.createElement("a");
				link.href = URL.createObjectURL(file);
				link.download = `${frm.doc.name}.json`;
				link.click();
				URL.revokeObjectURL(link.href);
			});

	referral_hub.talent.print_all = (frm) =>
		window.open(`/api/method/${API}.export_page?record=${encodeURIComponent(frm.doc.name)}`, "_blank");

	referral_hub.talent.do_not_contact = function (frm) {
		const fields = [{ fieldname: "words", fieldtype: "Small Text", label: __("What They Said") }];
		const chosen = (values) => referral_hub.talent.change(frm, "do_not_contact", values);
		frappe.prompt(
			fields,
			chosen,
			__("Do Not Contact", null, "Talent Pool Record"),
			__("Confirm", null, "Talent Pool Record"),
		);
	};
})();
