frappe.listview_settings["Referral Dispute"] = {
	add_fields: ["state", "due_on"],
	hide_name_column: true,
	onload(list) {
		referral_hub.lists.show_more_columns(list);
	},
	get_indicator(doc) {
		if (doc.state === "Open" && doc.due_on && doc.due_on < frappe.datetime.get_today()) {
			return [
				__("Overdue", null, "Referral Hub"),
				"red",
				`state,=,Open|due_on,<,${frappe.datetime.get_today()}`,
			];
		}
		const color = { Open: "orange", Answered: "blue", Closed: "gray" }[doc.state];
		return [__(doc.state, null, "Referral Dispute"), color, `state,=,${doc.state}`];
	},
};
