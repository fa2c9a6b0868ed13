const TALENT_PROMPT_COLORS = {
	Open: "orange",
	Snoozed: "gray",
	Done: "green",
	Skipped: "gray",
	Stopped: "gray",
};

frappe.listview_settings["Talent Prompt"] = {
	hide_name_column: true,
	add_fields: ["state"],
	formatters: {
		caller: (value) => (value ? frappe.utils.escape_html(frappe.user.full_name(value)) : ""),
	},
	get_indicator(doc) {
		const state = doc.state;
		return [__(state, null, "Talent Prompt"), TALENT_PROMPT_COLORS[state], `state,=,${state}`];
	},
};
