// {% include "referral_hub/public/js/insights.js" %}

frappe.query_reports["Weak Spots"] = referral_hub.insights.of_referrals(
	[
		["Department", __("Department")],
		["Job Opening", __("Job Opening", null, "Referral")],
	],
	[
		["interviewed_part", __("Interviewed of those decided (%)")],
		["interviewed_whole", __("{0}: all counted", [__("Interviewed of those decided (%)")])],
		["accepted_part", __("Joined of those offered a job (%)")],
		["accepted_whole", __("{0}: all counted", [__("Joined of those offered a job (%)")])],
		["stayed_part", __("Still here of those who joined (%)")],
		["stayed_whole", __("{0}: all counted", [__("Still here of those who joined (%)")])],
		["in_time_part", __("Told in time of those who wait (%)")],
		["in_time_whole", __("{0}: all counted", [__("Told in time of those who wait (%)")])],
	],
);
