// Marks applicants who were referred, beside whatever HRMS shows in the list.
(function () {
	const settings = (frappe.listview_settings["Job Applicant"] ??= {});
	settings.add_fields = [...(settings.add_fields || []), "referral_hub_referred"];
	settings.formatters = {
		...settings.formatters,
		applicant_name(value, df, doc) {
			const name = frappe.utils.escape_html(value || "");
			return doc.referral_hub_referred
				? `${name} <span class="indicator-pill blue no-indicator-dot">${__("Referred")}</span>`
				: name;
		},
	};
})();
