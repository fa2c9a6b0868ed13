// {% include "referral_hub/public/js/insights.js" %}
// What is owed in points on a day, seen five ways; and whose owners work elsewhere now, which HR moves from here.

const VIEWS = [
	["By Last Day", __("By Last Day")],
	["By Age", __("By Age")],
	["Movement", __("Movement", null, "Points Liability")],
	["Forecast", __("Forecast", null, "Points Liability")],
	["Provision", __("Provision", null, "Points Liability")],
	["Works Elsewhere", __("Works Elsewhere Now")],
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
	onload(report) {
		referral_hub.insights.onload(report);
		if (frappe.user.has_role("HR Manager")) {
			report.page.add_inner_button(__("Move Points"), () => choose(report));
		}
	},
};

/** Which of the wallets that are shown move to where their owners work now, and why. */
function choose(report) {
	const rows = (report.data || []).filter((row) => row.wallet);
	if (report.get_filter_value("view") !== "Works Elsewhere") {
		report.set_filter_value("view", "Works Elsewhere");
		return;
	}
	if (!rows.length) {
		frappe.show_alert(__("Nobody who works for another company now holds points there."));
		return;
	}
	const options = rows.slice(0, 500).map((row) => ({
		value: row.wallet,
		label: frappe.utils.escape_html(
			`${row.employee_name}: ${row.points}, ${row.company} → ${row.works_for}`,
		),
		checked: 1,
	}));
	const dialog = new frappe.ui.Dialog({
		title: __("Move Points"),
		fields: [
			{ fieldname: "wallets", fieldtype: "MultiCheck", label: __("Whose Points"), options, columns: 1 },
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Why (the employee reads it)"),
				reqd: 1,
			},
		],
		primary_action_label: __("Move Points"),
		primary_action({ wallets, reason }) {
			if (!wallets?.length) return;
			dialog.hide();
			frappe
				.call({
					method: "referral_hub.api.shop.wallets.move_points",
					args: { wallets, reason },
					freeze: true,
				})
				.then(() => report.refresh());
		},
	});
	dialog.show();
}
