frappe.listview_settings["Reward Rule"] = {
	add_fields: ["enabled", "valid_from", "valid_to"],
	hide_name_column: true,
	get_indicator(rule) {
		if (!rule.enabled) {
			return [__("Disabled"), "gray", "enabled,=,0"];
		}
		if (rule.valid_to && rule.valid_to < frappe.datetime.get_today()) {
			return [__("Ended"), "gray", `enabled,=,1|valid_to,<,${frappe.datetime.get_today()}`];
		}
		return [__("Enabled"), "green", "enabled,=,1"];
	},
};
