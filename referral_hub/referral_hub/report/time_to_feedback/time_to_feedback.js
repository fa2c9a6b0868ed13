// {% include "referral_hub/public/js/insights.js" %}

frappe.query_reports["Time to Feedback"] = referral_hub.insights.of_referrals(
	referral_hub.insights.by_referral(),
	[
		["referred", __("Received", null, "Insights")],
		["heard", __("Got a First Word", null, "Insights")],
		["waiting", __("Wait for a First Word", null, "Insights")],
		["overdue", __("A Word Is Overdue", null, "Insights")],
	],
);
