// {% include "referral_hub/public/js/insights.js" %}

frappe.query_reports["Referral Funnel"] = referral_hub.insights.of_referrals(
	referral_hub.insights.by_referral(),
	[
		["referred", __("Referred", null, "Insights")],
		["applied", __("Applied", null, "Insights")],
		["interviewed", __("Interviewed", null, "Insights")],
		["offered", __("Offered", null, "Insights")],
		["joined", __("Joined", null, "Insights")],
		["confirmed", __("Probation Passed", null, "Insights")],
		["open", __("Still Open", null, "Insights")],
		["not_counted", __("Duplicate or Ineligible", null, "Insights")],
	],
);
