const REWARD_COLORS = {
	Promised: "gray",
	Earned: "blue",
	Choice: "orange",
	Approval: "orange",
	Due: "blue",
	Paid: "green",
	Confirmed: "green",
	"On Hold": "orange",
	Owed: "red",
	Void: "gray",
	"Clawed Back": "gray",
};

frappe.listview_settings["Referral Reward"] = {
	add_fields: ["state", "kind", "currency", "details"],
	hide_name_column: true,
	onload(list) {
		show_five_columns(list);
	},
	refresh: say_notes,
	formatters: {
		amount: (value, field, doc) => amount_in_words(value, doc),
		milestone: (value) => {
			const words = frappe.utils.escape_html(__(value, null, "Reward Rule Milestone"));
			return `<span class="filterable ellipsis" data-filter="milestone,=,${value}">${words}</span>`;
		},
	},
	get_indicator({ state }) {
		return [__(state, null, "Referral Reward"), REWARD_COLORS[state], `state,=,${state}`];
	},
};

function amount_in_words(value, reward) {
	const { kind, currency } = reward;
	if (kind === "Points") {
		return frappe.utils.escape_html(
			Number(value) === 1 ? __("1 point") : __("{0} points", [format_number(value, null, 0)]),
		);
	}
	const thing = frappe.utils.escape_html(thing_in_words(reward));
	if (currency) {
		const money = format_currency(value, currency);
		return kind === "Cash" ? money : `${thing}: ${money}`;
	}
	if (kind === "Equity Note") {
		return `${value} % ${thing}`;
	}
	return value === 1 ? thing : `${value} × ${thing}`;
}

/** What it is, as the rule said when the person was referred. */
function thing_in_words({ kind, details }) {
	const { what, badge, leave_type, training_event, training_program } = JSON.parse(details || "{}");
	return what || badge || leave_type || training_event || training_program || __(kind, null, "Reward Kind");
}

const NOTES = ["state_reason", "taxable_note"];

/** Why a reward is where it is is stored in the site's language: readers get it in their own. */
async function say_notes(list) {
	const rows = list.data.filter((row) => NOTES.some((field) => row[field]) && !row.notes_said);
	if (!rows.length) {
		return;
	}
	const names = rows.map((row) => row.name).slice(0, 500);
	const { message } = await frappe.call("referral_hub.api.desk.reward_notes", { names });
	for (const row of rows) {
		Object.assign(row, pick(message[row.name], Object.keys(row)), { notes_said: true });
	}
	list.render();
}

function pick(said, fields) {
	return Object.fromEntries(Object.entries(said || {}).filter(([field]) => fields.includes(field)));
}

/** On a laptop Frappe shows one field beside title and status; HR needs three. What a site set for its lists stays. */
function show_five_columns(list) {
	if (window.innerWidth <= 1366 && !list.list_view_settings.total_fields) {
		list.list_view_settings.total_fields = 6; // the column of tags counts
		list.setup_columns();
		list.render_header(true);
	}
}
