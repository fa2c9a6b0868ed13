// Count again at once; or have what employees see follow what HR sees.

frappe.listview_settings["Path Evidence"] = {
	hide_name_column: true,
	formatters: { figure: (value) => __(value, null, "Path Evidence") },
	onload(listview) {
		referral_hub.lists.show_more_columns(listview, 8);
		if (!frappe.user.has_role(["HR Manager", "System Manager"])) {
			return;
		}
		listview.page.add_inner_button(__("Count Again"), () => count_again(listview, false));
		listview.page.add_inner_button(__("Show Anew to All"), () =>
			frappe.confirm(
				__(
					"Employees and candidates then see the figures of today. Whoever noted those of before can compare.",
				),
				() => count_again(listview, true),
			),
		);
	},
};

function count_again(listview, show_anew) {
	frappe
		.call({
			method: "referral_hub.api.paths.desk.count_again",
			args: { show_anew: show_anew ? 1 : 0 },
			freeze: true,
		})
		.then(() => listview.refresh());
}
