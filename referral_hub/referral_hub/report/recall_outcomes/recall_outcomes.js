// {% include "referral_hub/public/js/insights.js" %}

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
		...referral_hub.insights.records([
			["called", __("People Called", null, "Recall Outcomes")],
			["replied", __("Replied", null, "Recall Outcomes")],
			["interested", __("Interested", null, "Recall Outcomes")],
			["applied_again", __("Applied Again", null, "Recall Outcomes")],
			["hired", __("Hired", null, "Recall Outcomes")],
			["retained", __("Still Here after 6 Months", null, "Recall Outcomes")],
		]),
	],
	formatter: referral_hub.insights.figure,
	onload: referral_hub.insights.onload,
};
