// What is owed in points on a day, seen five ways.

const VIEWS = [
	["By Last Day", __("By Last Day")],
	["By Age", __("By Age")],
	["Movement", __("Movement", null, "Points Liability")],
	["Forecast", __("Forecast", null, "Points Liability")],
	["Provision", __("Provision", null, "Points Liability")],
];

frappe.query_reports["Points Liability"] = {
	formatter(value, row, column, data, standard) {
		if (column.fieldname !== "provision" || !data) return standard(value, row, column, data);
		const address = frappe.utils.get_form_link("Points Provision", data.provision);
		return `<a href="${address}">${frappe.utils.escape_html(data.month)}</a>`;
	},
	filters: [
		{
			fieldname: "view",
			label: __("View", null, "Points Liability"),
			fieldtype: "Select",
			options: VIEWS.map(([value, label]) => ({ value, label })),
			default: "By Last Day",
			reqd: 1,
		},
		{ fieldname: "company", label: __("Company"), fieldtype: "Link", options: "Company" },
		{
			fieldname: "day",
			label: __("As of Day"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
	],
};
