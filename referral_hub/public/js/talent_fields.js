/** Fields of the dialogs that prepare words for somebody in the talent pool: what for, by which template, under which subject. */
(() => {
	frappe.provide("referral_hub.talent");

	const PURPOSES = ["Greeting", "News", "Opening", "Other"];

	const purpose = (change, value) => ({
		fieldname: "purpose",
		fieldtype: "Select",
		label: __("What For", null, "Recall Template"),
		options: PURPOSES.map((each) => ({ value: each, label: __(each, null, "Recall Template") })),
		default: value || "Greeting",
		change,
	});

	const template = (change) => ({
		fieldname: "template",
		fieldtype: "Link",
		options: "Recall Template",
		label: __("Template", null, "Talent Interaction"),
		get_query: () => ({ filters: { enabled: 1 } }),
		change,
	});

	const subject = () => ({
		fieldname: "subject",
		fieldtype: "Data",
		label: __("Subject", null, "Recall Template"),
	});

	referral_hub.talent.fields = { purpose, template, subject };
})();
