// {% include "referral_hub/public/js/insights.js" %}

frappe.query_reports["Channel Comparison"] = referral_hub.insights.report([
	...referral_hub.insights.time(
		__("Applied From", null, "Insights"),
		__("Applied Until", null, "Insights"),
	),
	referral_hub.insights.designation(),
	...referral_hub.insights.records([
		["applied", __("Applied", null, "Insights")],
		["interviewed", __("Interviewed", null, "Insights")],
		["offered", __("Offered", null, "Insights")],
		["joined", __("Joined", null, "Insights")],
	]),
]);
