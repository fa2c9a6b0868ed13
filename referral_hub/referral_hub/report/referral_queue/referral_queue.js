frappe.query_reports["Referral Queue"] = {
	filters: [
		{
			fieldname: "show",
			label: __("Show"),
			fieldtype: "Select",
			options: [
				{ value: "Waiting for a Word", label: __("Waiting for a Word") },
				{ value: "Reason Missing", label: __("Reason Missing") },
				{ value: "Application Deleted", label: __("Application Deleted") },
			],
			default: "Waiting for a Word",
			reqd: 1,
		},
		{ fieldname: "only_overdue", label: __("Only What Is Overdue"), fieldtype: "Check" },
		{
			fieldname: "recruiter",
			label: __("Recruiter"),
			fieldtype: "Link",
			options: "User",
			ignore_link_validation: 1,
		},
		{
			fieldname: "job_opening",
			label: __("Job Opening", null, "Referral"),
			fieldtype: "Link",
			options: "Job Opening",
		},
		{ fieldname: "company", label: __("Company"), fieldtype: "Link", options: "Company" },
		{
			fieldname: "stage",
			label: __("Stage"),
			fieldtype: "Select",
			options: ["", "Submitted", "Screening", "Interviewing", "Selected", "Offered"].map((value) => ({
				value,
				label: value ? __(value) : "",
			})),
		},
	],

	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (column.fieldname === "candidate_name" && data?.referral) {
			const name = frappe.utils.escape_html(data.candidate_name || "");
			const [doctype, record] = data.job_applicant ? ["Job Applicant", data.job_applicant] : ["Referral", data.referral];
			return frappe.utils.get_form_link(doctype, record, true, name);
		}
		if (column.fieldname === "late") {
			return data?.late ? `<span class="indicator-pill red">${data.late}</span>` : "";
		}
		return shown;
	},
};
