const PATH_FEEDBACK_COLORS = { Open: "orange", Answered: "blue", Resolved: "green", Withdrawn: "gray" };

frappe.listview_settings["Path Feedback"] = {
	add_fields: ["state", "due_on", "only_hr"],
	hide_name_column: true,
	formatters: {
		topic: (value) => __(value, null, "Path Feedback"),
		answerer: (value) => (value ? frappe.utils.escape_html(frappe.user.full_name(value)) : ""),
	},
	onload(list) {
		referral_hub.lists.show_more_columns(list);
	},
	get_indicator(doc) {
		const now = frappe.datetime.system_datetime();
		if (doc.state === "Open" && doc.due_on && doc.due_on < now) {
			return [__("Overdue", null, "Referral Hub"), "red", `state,=,Open|due_on,<,${now}`];
		}
		return [
			__(doc.state, null, "Path Feedback"),
			PATH_FEEDBACK_COLORS[doc.state],
			`state,=,${doc.state}`,
		];
	},
};
