frappe.query_reports["People to Call"] = {
	filters: [
		{
			fieldname: "whose",
			label: __("Whose", null, "Talent Prompt"),
			fieldtype: "Select",
			options: [
				{ value: "Mine", label: __("Mine", null, "Talent Prompt") },
				{ value: "All", label: __("All", null, "Talent Prompt") },
			],
			default: "Mine",
		},
		{ fieldname: "company", label: __("Company"), fieldtype: "Link", options: "Company" },
	],
};
