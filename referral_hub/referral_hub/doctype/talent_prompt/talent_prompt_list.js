const TALENT_PROMPT_COLORS = {
	Open: "orange",
	Snoozed: "gray",
	Done: "green",
	Skipped: "gray",
	Stopped: "gray",
};

/** The same as the server says on the form and in the report. */
function words_of(facts) {
	const known = facts ? JSON.parse(facts) : null;
	if (!known) {
		return "";
	}
	const given = (frappe.boot.lang.startsWith("zh") && known.given_zh) || known.given;
	const said =
		known.likelihood === null
			? known.days === 1
				? __("{days} day since: {reason}.")
				: __("{days} days since: {reason}.")
			: known.days === 1
				? __("{days} day since: {reason}. Likelihood {likelihood}.")
				: __("{days} days since: {reason}. Likelihood {likelihood}.");
	return said
		.replace("{days}", known.days)
		.replace("{reason}", () => given || __(known.reason, null, "Talent Pool Record"))
		.replace("{likelihood}", known.likelihood);
}

frappe.listview_settings["Talent Prompt"] = {
	hide_name_column: true,
	add_fields: ["state", "why_facts"],
	formatters: {
		purpose: (value) => __(value || "", null, "Talent Prompt"),
		why: (value, _field, doc) => frappe.utils.escape_html(value || words_of(doc.why_facts)),
		caller: (value) => (value ? frappe.utils.escape_html(frappe.user.full_name(value)) : ""),
	},
	get_indicator(doc) {
		const state = doc.state;
		return [__(state, null, "Talent Prompt"), TALENT_PROMPT_COLORS[state], `state,=,${state}`];
	},
};
