frappe.listview_settings["Referral Channel"] = {
	add_fields: ["enabled", "last_error"],
	get_indicator(doc) {
		if (!doc.enabled) {
			return [__("Switched Off", null, "Referral Channel"), "gray", "enabled,=,0"];
		}
		if (doc.last_error) {
			return [__("Fails", null, "Referral Channel"), "red", "last_error,is,set"];
		}
		return [__("Works", null, "Referral Channel"), "green", "enabled,=,1"];
	},
	formatters: { kind: (kind) => __(kind, null, "Referral Channel") },
};
