// {% include "referral_hub/public/js/insights.js" %}
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
		if (column.fieldname !== "provision" || !data) {
			return referral_hub.insights.figure(value, row, column, data, standard);
		}
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
		...referral_hub.insights.records([
			["issued", __("Earned", null, "Points Liability")],
			["taken_back", __("Taken Back", null, "Points Liability")],
			["spent", __("Spent", null, "Points Liability")],
			["returned", __("Given Back", null, "Points Liability")],
			["expired", __("Expired", null, "Points Liability")],
			["corrected", __("Corrected", null, "Points Liability")],
			["moved", __("From Other Wallets")],
			["came", __("From Other Companies")],
			["left", __("To Other Companies")],
		]),
	],
	onload: referral_hub.insights.onload,
};
