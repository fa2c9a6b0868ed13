const REWARD_COLORS = {
	Promised: "gray",
	Earned: "blue",
	Choice: "orange",
	Due: "blue",
	Paid: "green",
	Confirmed: "green",
	"On Hold": "orange",
	Owed: "red",
	Void: "gray",
	"Clawed Back": "gray",
};

frappe.listview_settings["Referral Reward"] = {
	add_fields: ["state", "kind", "currency"],
	hide_name_column: true,
	onload(list) {
		show_five_columns(list);
	},
	formatters: {
		amount: (value, field, doc) => amount_in_words(value, doc),
	},
	get_indicator({ state }) {
		return [__(state), REWARD_COLORS[state], `state,=,${state}`];
	},
};

function amount_in_words(value, { kind, currency }) {
	if (kind === "Cash") {
		return format_currency(value, currency || frappe.defaults.get_default("currency"));
	}
	const named =
		kind === "Points" ? __("{0} points", [format_number(value, null, 0)]) : `${value} ${__(kind)}`;
	return frappe.utils.escape_html(named);
}

/** On a laptop Frappe shows one field beside title and status; HR needs three. What a site set for its lists stays. */
function show_five_columns(list) {
	if (window.innerWidth <= 1366 && !list.list_view_settings.total_fields) {
		list.list_view_settings.total_fields = 6; // the column of tags counts
		list.setup_columns();
		list.render_header(true);
	}
}
