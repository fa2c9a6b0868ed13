const MESSAGE_COLORS = {
	Pending: "orange",
	Sending: "orange",
	Sent: "green",
	Skipped: "gray",
	Failed: "red",
};

frappe.listview_settings["Referral Message"] = {
	get_indicator(doc) {
		const state = __(doc.state, null, "Referral Message");
		return [state, MESSAGE_COLORS[doc.state], `state,=,${doc.state}`];
	},
	formatters: {
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
		reward_earned: __("Reward earned"),
		reward_paid: __("Reward paid"),
	};
}
