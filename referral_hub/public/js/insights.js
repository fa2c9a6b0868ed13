// What the reports on figures share, included by the script of each: what can be asked for; a figure leads to the records it counts, and back.

frappe.provide("referral_hub.insights");

// what is asked for only where the records behind a figure are shown
referral_hub.insights.OF_RECORDS = ["step", "group", "page", "kind", "currency"];

referral_hub.insights.select = (fieldname, label, pairs, more) => ({
	fieldname,
	label,
	fieldtype: "Select",
	options: pairs.map(([value, said]) => ({ value, label: said })),
	...more,
});

referral_hub.insights.link = (fieldname, label, options) => ({
	fieldname,
	label,
	fieldtype: "Link",
	options,
});

/** What is asked for beside a figure when its records are: shown with them alone. */
referral_hub.insights.with_records = (fieldname, label, more) => ({
	fieldname,
	label,
	fieldtype: "Data",
	depends_on: "eval:doc.step",
	...more,
});

referral_hub.insights.by = (pairs) =>
	referral_hub.insights.select("by", __("By", null, "Insights"), pairs, { default: pairs[0][0] });

referral_hub.insights.designation = () =>
	referral_hub.insights.link("designation", __("Designation", null, "Referral"), "Designation");

referral_hub.insights.program = () =>
	referral_hub.insights.link("program", __("Referral Program"), "Referral Program");

/** The last twelve months, in words of what happened then. */
referral_hub.insights.time = (since, until) => {
	const today = frappe.datetime.get_today();
	return [
		{
			fieldname: "since",
			label: since,
			fieldtype: "Date",
			default: frappe.datetime.add_months(today, -12),
		},
		{ fieldname: "until", label: until, fieldtype: "Date", default: today },
		referral_hub.insights.link("company", __("Company"), "Company"),
		referral_hub.insights.link("department", __("Department"), "Department"),
	];
};

/** Which records are asked for: those of a figure, of one group. */
referral_hub.insights.records = (steps) => [
	referral_hub.insights.select("step", __("Records Of", null, "Insights"), [["", ""], ...steps]),
	referral_hub.insights.with_records("group", __("Group", null, "Insights")),
	referral_hub.insights.with_records("page", __("Page", null, "Referral Queue"), {
		fieldtype: "Int",
		default: 1,
	}),
];

/** A report on referrals by the day they were made on, grouped by one of these; its figures lead to the records of these steps. */
referral_hub.insights.of_referrals = (groups, steps) =>
	referral_hub.insights.report([
		referral_hub.insights.by(groups),
		...referral_hub.insights.time(
			__("Referred From", null, "Insights"),
			__("Referred Until", null, "Insights"),
		),
		referral_hub.insights.designation(),
		referral_hub.insights.program(),
		...referral_hub.insights.records(steps),
	]);

/** What a referral itself can be grouped by. */
referral_hub.insights.by_referral = () => [
	["Department", __("Department")],
	["Designation", __("Designation", null, "Referral")],
	["Program", __("Referral Program")],
	["Job Opening", __("Job Opening", null, "Referral")],
	["Company", __("Company")],
	["Channel", __("How It Came", null, "Insights")],
	["Month", __("Month", null, "Insights")],
];

/** What is asked for now, without what is empty. */
referral_hub.insights.asked = (report, changed) => {
	const asked = { ...report.get_filter_values(), ...changed };
	return Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
};

/** Let a figure lead to its records: those of its row's group, all of them in the last row. */
referral_hub.insights.figure = (value, row, column, data, standard) => {
	const shown = standard(value, row, column, data);
	if (!column.opens || !data || data.is_closed || !data[column.fieldname]) return shown;
	const report = frappe.query_report;
	const group = data.is_total ? "" : data.key;
	const step = data.steps?.[column.fieldname] || column.fieldname;
	const address = frappe.utils.generate_route({
		type: "Report",
		name: report.report_name,
		is_query_report: 1,
		route_options: referral_hub.insights.asked(report, { step, group, page: 1, ...data.asked }),
	});
	const href = frappe.utils.escape_html(address);
	return `<a class="insights-figure" style="text-decoration: underline" href="${href}">${shown}</a>`;
};

/** Records are left by a button; where there are many, they come in pages. */
referral_hub.insights.onload = (report) => {
	const turn_page = (by) => {
		const page = Math.max(cint(report.get_filter_value("page")), 1) + by;
		if (page >= 1 && report.get_filter_value("step")) report.set_filter_value("page", page);
	};
	// the desk follows no link to the page it is on, so another question to the same report is asked here
	report.page.wrapper.off("click.insights").on("click.insights", "a.insights-figure", (event) => {
		if (event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		event.stopPropagation();
		report.refresh_report(Object.fromEntries(new URLSearchParams(event.currentTarget.search)));
	});
	report.page.add_inner_button(__("Back to the Figures"), () => {
		const asked = report.get_filter_values();
		if (!asked.step) return;
		referral_hub.insights.OF_RECORDS.forEach((fieldname) => delete asked[fieldname]);
		report.refresh_report(asked);
	});
	report.page.add_inner_button(__("Previous Page"), () => turn_page(-1));
	report.page.add_inner_button(__("Next Page"), () => turn_page(1));
};

/** A report that can be asked for these. */
referral_hub.insights.report = (filters) => ({
	filters,
	formatter: referral_hub.insights.figure,
	onload: referral_hub.insights.onload,
});
