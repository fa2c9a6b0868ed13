frappe.query_reports["Recall Outcomes"] = {
	filters: [
		{
			fieldname: "by",
			label: __("By", null, "Recall Outcomes"),
			fieldtype: "Select",
			options: [
				{ value: "Reason", label: __("Why in the Pool", null, "Talent Pool Record") },
				{ value: "Template", label: __("Template", null, "Talent Interaction") },
				{ value: "Sender", label: __("Sender", null, "Recall Outcomes") },
				{ value: "Step", label: __("Step", null, "Recall Outcomes") },
			],
			default: "Reason",
		},
		{
			fieldname: "since",
			label: __("From", null, "Recall Outcomes"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -12),
		},
		{
			fieldname: "until",
			label: __("To", null, "Recall Outcomes"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
		},
		{ fieldname: "company", label: __("Company"), fieldtype: "Link", options: "Company" },
	],
};
