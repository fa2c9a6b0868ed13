// {% include "referral_hub/public/js/insights.js" %}

frappe.query_reports["Referral Participation"] = referral_hub.insights.of_referrals(
	[
		["Department", __("Department")],
		["Company", __("Company")],
		["Designation", __("Designation", null, "Referral")],
		["Grade", __("Grade")],
		["Branch", __("Branch", null, "Insights")],
	],
	[
		["staff", __("Staff", null, "Insights")],
		["referrers", __("Who Referred", null, "Insights")],
		["again", __("Who Referred Again", null, "Insights")],
		["successful", __("Whose Referral Was Hired", null, "Insights")],
		["promoted_successful", __("Of Them Promoted", null, "Insights")],
		["promoted_others", __("Others Promoted", null, "Insights")],
	],
);
