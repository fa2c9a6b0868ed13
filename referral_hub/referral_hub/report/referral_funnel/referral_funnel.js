// {% include "referral_hub/public/js/insights.js" %}

frappe.query_reports["Referral Funnel"] = referral_hub.insights.report([
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
		["referred", __("Referred", null, "Insights")],
		["applied", __("Applied", null, "Insights")],
		["interviewed", __("Interviewed", null, "Insights")],
		["offered", __("Offered", null, "Insights")],
		["joined", __("Joined", null, "Insights")],
		["confirmed", __("Probation Passed", null, "Insights")],
		["open", __("Still Open", null, "Insights")],
		["not_counted", __("Duplicate or Ineligible", null, "Insights")],
	]),
]);
