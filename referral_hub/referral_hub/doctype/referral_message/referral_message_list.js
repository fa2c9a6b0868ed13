const MESSAGE_COLORS = {
	Pending: "orange",
	Sending: "orange",
	Sent: "green",
	Skipped: "gray",
	Failed: "red",
};

frappe.listview_settings["Referral Message"] = {
	get_indicator(doc) {
		return [__(doc.state), MESSAGE_COLORS[doc.state], `state,=,${doc.state}`];
	},
};
