frappe.query_reports["Reward Work List"] = {
	filters: [
		{
			fieldname: "state",
			label: __("State", null, "Referral Reward"),
			fieldtype: "Select",
			options: [
				"",
				{ value: "Approval", label: __("Approval", null, "Referral Reward") },
				{ value: "On Hold", label: __("On Hold", null, "Referral Reward") },
				{ value: "Owed", label: __("Owed", null, "Referral Reward") },
			],
		},
		{ fieldname: "company", label: __("Company"), fieldtype: "Link", options: "Company" },
		{ fieldname: "employee", label: __("Employee"), fieldtype: "Link", options: "Employee" },
	],
};
