frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Referrals of Each Month"] = {
	method: "referral_hub.api.insights.desk.referrals_of_each_month",
	filters: [
		{
			fieldname: "counted",
			label: __("Month", null, "Insights"),
			fieldtype: "Select",
			options: [
				{ value: "submitted_on", label: __("Referrals", null, "Insights") },
				{ value: "joined_on", label: __("Hires", null, "Insights") },
			],
			default: "submitted_on",
			reqd: 1,
		},
	],
};
