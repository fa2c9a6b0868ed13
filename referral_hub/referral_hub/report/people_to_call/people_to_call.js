frappe.query_reports["People to Call"] = {
	formatter(value, row, column, data, usual) {
		const text = usual(value, row, column, data);
		return column.fieldname === "person_name" && data
			? `<a href="${frappe.utils.get_form_link("Talent Prompt", data.prompt)}">${text}</a>`
			: text;
	},
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
