frappe.query_reports["Talent Likelihood Check"] = {
	filters: [
		{ fieldname: "company", label: __("Company"), fieldtype: "Link", options: "Company" },
		{
			fieldname: "reason",
			label: __("Reason"),
			fieldtype: "Select",
			options: [
				"",
				...[
					"Open Channel",
					"Silver Medal",
					"Not Selected",
					"Declined Offer",
					"No-show",
					"Withdrawn",
					"Hand-picked",
					"Other",
				].map((value) => ({ value, label: __(value, null, "Talent Pool Record") })),
			],
		},
	],
};
