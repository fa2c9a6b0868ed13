// Says beside the name of an applicant that they were referred, and leaves the rest of the list to HRMS.
(function () {
	const settings = (frappe.listview_settings["Job Applicant"] ??= {});
	settings.add_fields = [...(settings.add_fields || []), "referral_hub_referred"];
	settings.formatters = {
		...settings.formatters,
		// Frappe shows what comes back as text, never as HTML
		applicant_name(value, df, doc) {
			return doc.referral_hub_referred ? `${value || doc.name} · ${__("Referred")}` : value;
		},
	};
})();
