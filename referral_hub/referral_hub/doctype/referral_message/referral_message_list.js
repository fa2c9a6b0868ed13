const MESSAGE_COLORS = {
	Pending: "orange",
	Sending: "orange",
	Sent: "green",
	Skipped: "gray",
	Failed: "red",
};

frappe.listview_settings["Referral Message"] = {
	hide_name_column: true,
	add_fields: ["event", "state", "waits_until"],
	onload(list) {
		show_five_columns(list);
	},
	get_indicator(doc) {
		if (doc.state === "Pending" && doc.waits_until) {
			return [__("Waiting", null, "Referral Message"), "blue", "state,=,Pending"];
		}
		const state = __(doc.state, null, "Referral Message");
		return [state, MESSAGE_COLORS[doc.state], `state,=,${doc.state}`];
	},
	formatters: {
		// a message that was never sent has no words yet
		subject: (value, field, doc) =>
			frappe.utils.escape_html(value) ||
			event_names()[doc.event] ||
			frappe.utils.escape_html(doc.event),
		event: (value) => event_names()[value] || frappe.utils.escape_html(value),
	},
};

function event_names() {
	return {
		referral_received: __("Referral received"),
		referral_screening: __("In screening"),
		interview_scheduled: __("Interview scheduled"),
		terms_discussed: __("Interviews passed"),
		offer_made: __("Offer made"),
		candidate_joined: __("First day at work"),
		candidate_confirmed: __("Probation passed"),
		not_selected: __("Not selected"),
		candidate_withdrew: __("Withdrew"),
		offer_declined: __("Declined the offer"),
		credit_given: __("Credit given"),
		credit_moved_away: __("Credit moved away"),
		reward_earned: __("Reward earned"),
		reward_choice: __("Reward to choose"),
		budget_low: __("Budget is running out"),
		reward_paid: __("Reward paid"),
		candidate_invited: __("To candidate: invitation"),
		candidate_received: __("To candidate: application received"),
		candidate_interview: __("To candidate: interview date"),
		candidate_result: __("To candidate: result"),
	};
}

/** On a laptop Frappe shows one field beside title and status; HR needs three. What a site set for its lists stays. */
function show_five_columns(list) {
	if (window.innerWidth <= 1366 && !list.list_view_settings.total_fields) {
		list.list_view_settings.total_fields = 6; // the column of tags counts
		list.setup_columns();
		list.render_header(true);
	}
}
