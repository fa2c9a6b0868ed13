// {% include "referral_hub/public/js/insights.js" %}

frappe.query_reports["Retention"] = {
	filters: [
		{
			fieldname: "by",
			label: __("By", null, "Retention"),
			fieldtype: "Select",
			options: [
				{ value: "Way", label: __("How They Came", null, "Retention") },
				{ value: "Department", label: __("Department") },
				{ value: "Source", label: __("Source", null, "Retention") },
				{ value: "Questions", label: __("Questions under a Clock", null, "Retention") },
			],
			default: "Way",
		},
		{
			fieldname: "since",
			label: __("Joined From", null, "Retention"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -36),
		},
		{
			fieldname: "until",
			label: __("Joined Until", null, "Retention"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
		},
		{ fieldname: "company", label: __("Company"), fieldtype: "Link", options: "Company" },
		...referral_hub.insights.records([
			["hires", __("Hires", null, "Retention")],
			["left", __("Left", null, "Retention")],
		]),
	],
	formatter: referral_hub.insights.figure,
	onload: referral_hub.insights.onload,
};
