// {% include "referral_hub/public/js/insights.js" %}

frappe.query_reports["Time to Feedback"] = referral_hub.insights.report([
	referral_hub.insights.by([
		["Department", __("Department")],
		["Designation", __("Designation", null, "Referral")],
		["Program", __("Referral Program")],
		["Job Opening", __("Job Opening", null, "Referral")],
		["Company", __("Company")],
		["Channel", __("How It Came", null, "Insights")],
		["Month", __("Month", null, "Insights")],
	]),
	...referral_hub.insights.time(
		__("Referred From", null, "Insights"),
		__("Referred Until", null, "Insights"),
	),
	referral_hub.insights.designation(),
	referral_hub.insights.program(),
	...referral_hub.insights.records([
		["referred", __("Received", null, "Insights")],
		["heard", __("Got a First Word", null, "Insights")],
		["waiting", __("Wait for a First Word", null, "Insights")],
		["overdue", __("A Word Is Overdue", null, "Insights")],
	]),
]);
