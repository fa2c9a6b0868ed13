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
		list.page.add_actions_menu_item(__("Send Again"), () => send_again(list), true);
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
			frappe.utils.escape_html(value) || referral_hub.messages.name_of(doc.event),
		event: (value) => referral_hub.messages.name_of(value),
	},
};

/** On a laptop Frappe shows one field beside title and status; HR needs three. What a site set for its lists stays. */
function show_five_columns(list) {
	if (window.innerWidth <= 1366 && !list.list_view_settings.total_fields) {
		list.list_view_settings.total_fields = 6; // the column of tags counts
		list.setup_columns();
		list.render_header(true);
	}
}

async function send_again(list) {
	const { message } = await frappe.call({
		method: "referral_hub.api.channels.desk.resend_many",
		args: { messages: list.get_checked_items(true) },
		type: "POST",
		freeze: true,
	});
	frappe.show_alert({ message: __("{0} go out again.", [message.again]), indicator: "green" });
	list.clear_checked_items();
	list.refresh();
}
