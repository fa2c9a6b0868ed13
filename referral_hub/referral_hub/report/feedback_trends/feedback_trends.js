frappe.query_reports["Feedback Trends"] = {
	filters: [
		{
			fieldname: "by",
			label: __("By", null, "Feedback Trends"),
			fieldtype: "Select",
			options: [
				{ value: "Topic", label: __("What It Is About", null, "Feedback Trends") },
				{ value: "Department", label: __("Department") },
				{ value: "Month", label: __("Month", null, "Feedback Trends") },
				{ value: "Who Answered", label: __("Who Answered", null, "Feedback Trends") },
			],
			default: "Topic",
		},
		{
			fieldname: "since",
			label: __("Asked From", null, "Feedback Trends"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -12),
		},
		{
			fieldname: "until",
			label: __("Asked Until", null, "Feedback Trends"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
		},
		{ fieldname: "company", label: __("Company"), fieldtype: "Link", options: "Company" },
	],
};
