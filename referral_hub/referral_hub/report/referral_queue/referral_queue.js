/** Another question starts at its first page; a page of the old one says nothing. */
const from_the_first_page = (report) => {
	if (cint(report.get_filter_value("page")) > 1) {
		report.set_filter_value("page", 1);
	} else {
		report.refresh(true);
	}
};

/** Turn pages as far as there are any: the report says which rows it shows. */
const turn_page = (report, by) => {
	const page = Math.max(cint(report.get_filter_value("page")), 1) + by;
	const is_full = report.data.length >= cint(report.get_filter_value("page_length"));
	if (page >= 1 && (by < 0 || is_full)) {
		report.set_filter_value("page", page);
	}
};

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
				label: value ? __(value, null, "Referral") : "",
			})),
		},
		{ fieldname: "page", label: __("Page", null, "Referral Queue"), fieldtype: "Int", default: 1 },
		{
			fieldname: "page_length",
			label: __("Rows per Page"),
			fieldtype: "Select",
			options: ["100", "500", "2000", "5000"],
			default: "500",
		},
	].map((filter) => (filter.fieldname === "page" ? filter : { ...filter, on_change: from_the_first_page })),

	onload(report) {
		report.page.add_inner_button(__("Previous Page"), () => turn_page(report, -1));
		report.page.add_inner_button(__("Next Page"), () => turn_page(report, 1));
	},

	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (column.fieldname === "candidate_name" && data?.referral) {
			const name = frappe.utils.escape_html(data.candidate_name || "");
			const [doctype, record] = data.job_applicant
				? ["Job Applicant", data.job_applicant]
				: ["Referral", data.referral];
			return frappe.utils.get_form_link(doctype, record, true, name);
		}
		if (column.fieldname === "late") {
			return data?.late ? `<span class="indicator-pill red">${data.late}</span>` : "";
		}
		return shown;
	},
};
