frappe.listview_settings["Reward Fulfilment"] = {
	add_fields: ["state", "due_on"],
	hide_name_column: true,
	get_indicator({ state, due_on }) {
		const late = state === "Open" && due_on && due_on < frappe.datetime.get_today();
		if (late) {
			return [
				__("Overdue", null, "Reward Fulfilment"),
				"red",
				`state,=,Open|due_on,<,${frappe.datetime.get_today()}`,
			];
		}
		const color = { Open: "blue", Done: "green", Cancelled: "gray" }[state];
		return [__(state, null, "Reward Fulfilment"), color, `state,=,${state}`];
	},
};
