// {% include "referral_hub/public/js/insights.js" %}

frappe.query_reports["Referral Satisfaction"] = (() => {
	const this_year = new Date().getFullYear();
	const years = Array.from({ length: 6 }, (_none, ago) => String(this_year - ago));
	const company = referral_hub.insights.link("company", __("Company"), "Company");
	return referral_hub.insights.report([
		{ ...company, reqd: 1, default: frappe.defaults.get_user_default("Company") },
		referral_hub.insights.select(
			"role",
			__("Answered By", null, "Referral Survey Response"),
			[
				["Referrer", __("Referrers", null, "Referral Survey Theme")],
				["Candidate", __("Candidates", null, "Referral Survey Theme")],
			],
			{ default: "Referrer", reqd: 1 },
		),
		referral_hub.insights.select(
			"year",
			__("Year", null, "Survey"),
			years.map((year) => [year, year]),
			{ default: years[0], reqd: 1 },
		),
		referral_hub.insights.by([
			["Department", __("Department")],
			["Program", __("Referral Program")],
			["Designation", __("Designation", null, "Referral")],
			["Month", __("Month", null, "Insights")],
			["Theme", __("Theme", null, "Survey")],
		]),
		...referral_hub.insights.records([
			["answers", __("Answers with a Name", null, "Survey")],
			["words", __("In Their Own Words", null, "Survey")],
		]),
	]);
})();
