// What is owed in points on a day, seen four ways.

const VIEWS = [
	["By Last Day", __("By Last Day")],
	["By Age", __("By Age")],
	["Movement", __("Movement", null, "Points Liability")],
	["Forecast", __("Forecast", null, "Points Liability")],
];

frappe.query_reports["Points Liability"] = {
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
