// {% include "referral_hub/public/js/insights.js" %}

frappe.query_reports["Reward Register"] = referral_hub.insights.report([
	referral_hub.insights.by([
		["Kind", __("Kind", null, "Insights")],
		["State", __("State", null, "Referral Reward")],
		["Milestone", __("Milestone")],
		["Company", __("Company")],
		["Department", __("Department")],
		["Program", __("Referral Program")],
		["Month", __("Month", null, "Insights")],
	]),
	...referral_hub.insights.time(
		__("Paid or Due From", null, "Insights"),
		__("Paid or Due Until", null, "Insights"),
	),
	referral_hub.insights.program(),
	...referral_hub.insights.records([
		["to_come", __("To Come", null, "Insights")],
		["paid", __("Paid", null, "Referral Reward")],
		["confirmed", __("Confirmed", null, "Referral Reward")],
		["owed", __("Owed", null, "Referral Reward")],
		["clawed_back", __("Clawed Back", null, "Referral Reward")],
		["void", __("Void", null, "Referral Reward")],
	]),
	referral_hub.insights.with_records("kind", __("Kind", null, "Insights")),
	referral_hub.insights.with_records("currency", __("Currency")),
]);
