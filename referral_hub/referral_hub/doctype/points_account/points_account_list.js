frappe.listview_settings["Points Account"] = {
	hide_name_column: true,
	add_fields: ["kind"],
	onload(list) {
		show_five_columns(list);
	},
	refresh(list) {
		name_employees(list);
	},
	formatters: {
		// only wallets have an employee; the others are the company's own accounts
		employee: (value, field, doc) => frappe.utils.escape_html(who_has(value, doc.kind)),
	},
};

const WALLET_NAMES = {};

function who_has(employee, kind) {
	const name = WALLET_NAMES[employee];
	return name ? `${name} (${employee})` : employee || __(kind, null, "Points Account");
}

/** An account keeps no name, which could change: it is read where HR may read it, for the rows that are shown. */
function name_employees(list) {
	const unknown = [...new Set(list.data.map((row) => row.employee))].filter(
		(employee) => employee && !(employee in WALLET_NAMES),
	);
	if (!unknown.length) {
		return;
	}
	unknown.forEach((employee) => (WALLET_NAMES[employee] = null));
	const args = {
		filters: { name: ["in", unknown] },
		fields: ["name", "employee_name"],
		limit: unknown.length,
	};
	frappe.db.get_list("Employee", args).then((rows) => {
		rows.forEach((row) => (WALLET_NAMES[row.name] = row.employee_name));
		list.render_list();
	});
}

/** On a laptop Frappe shows one field beside title and status; HR needs three. What a site set for its lists stays. */
function show_five_columns(list) {
	if (window.innerWidth <= 1366 && !list.list_view_settings.total_fields) {
		list.list_view_settings.total_fields = 6; // the column of tags counts
		list.setup_columns();
		list.render_header(true);
	}
}
