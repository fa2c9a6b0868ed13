// What HR asks: which referrals, which rules. The server plays them and writes nothing.

const VIEWS = [
	["By Month", __("By Month")],
	["By Department", __("By Department")],
	["By Month and Department", __("By Month and Department")],
	["By Kind", __("By Kind")],
	["Winners and Losers", __("Winners and Losers")],
	["Budgets", __("Budgets", null, "Reward What If")],
	["What Adds Up", __("What Adds Up")],
	["No Rule Fits", __("No Rule Fits")],
	["Each Referral", __("Each Referral")],
];

/** A rule is chosen by what HR calls it; Frappe's list writes label and description as they are. */
const as_choice = ({ name, rule_name }) => ({
	value: name,
	label: frappe.utils.escape_html(rule_name),
	description: name,
});

/** Reward Rules that are switched on, or drafts: off. */
const rules = (enabled) => (text) =>
	frappe.db
		.get_list("Reward Rule", {
			fields: ["name", "rule_name"],
			filters: { enabled, ...(text ? { rule_name: ["like", `%${text}%`] } : {}) },
			limit: 50,
		})
		.then((found) => found.map(as_choice));

/** A rule that a link has chosen is shown by its name too, before anybody opens the list. */
const name_the_chosen = (field) => field.set_options().then(() => field.update_status());

frappe.query_reports["Reward What If"] = {
	onload(report) {
		["drafts", "leave_out"].map((fieldname) => report.get_filter(fieldname)).forEach(name_the_chosen);
	},

	filters: [
		{
			fieldname: "show",
			label: __("Show"),
			fieldtype: "Select",
			options: VIEWS.map(([value, label]) => ({ value, label })),
			default: "By Month",
			reqd: 1,
		},
		{
			fieldname: "from_date",
			label: __("Referred From"),
			fieldtype: "Date",
			default: frappe.datetime.add_days(
				frappe.datetime.add_months(frappe.datetime.get_today(), -12),
				1,
			),
			reqd: 1,
		},
		{
			fieldname: "to_date",
			label: __("Referred Until"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{ fieldname: "company", label: __("Company"), fieldtype: "Link", options: "Company" },
		{
			fieldname: "drafts",
			label: __("Drafts to Try"),
			fieldtype: "MultiSelectList",
			get_data: rules(0),
		},
		{
			fieldname: "leave_out",
			label: __("Rules to Leave Out"),
			fieldtype: "MultiSelectList",
			get_data: rules(1),
		},
		{
			fieldname: "compare_with",
			label: __("Compare With"),
			fieldtype: "Select",
			options: [
				{ value: "Really Got", label: __("Really Got", null, "Reward What If") },
				{ value: "Rules in Force", label: __("Rules in Force") },
			],
			default: "Really Got",
		},
		{
			fieldname: "months_later",
			label: __("As If Made Months Later"),
			fieldtype: "Int",
			default: 0,
		},
		{ fieldname: "currency", label: __("Currency"), fieldtype: "Link", options: "Currency" },
		{ fieldname: "only_drafts", label: __("Only the Drafts"), fieldtype: "Check" },
		{ fieldname: "as_dated", label: __("Drafts Only on Their Days"), fieldtype: "Check" },
	],

	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (column.fieldname === "difference" && data?.difference) {
			const colour = data.difference > 0 ? "orange" : "green";
			return `<span class="text-${colour}">${shown}</span>`;
		}
		return shown;
	},
};
