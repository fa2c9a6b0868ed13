const TALENT_POOL_RECORD_COLORS = {
	Proposed: "orange",
	"In Pool": "blue",
	Resting: "gray",
	Matched: "green",
	Hired: "green",
	"Do Not Contact": "red",
	Closed: "gray",
	Anonymised: "gray",
};

frappe.listview_settings["Talent Pool Record"] = {
	hide_name_column: true,
	add_fields: ["state", "likelihood_parts"],
	onload(list) {
		referral_hub.lists.show_more_columns(list);
		list.page.add_actions_menu_item(__("Ask Colleagues to Write"), () =>
			frappe.require(
				["talent_fields", "talent_requests"].map((each) => `/assets/referral_hub/js/${each}.js`),
				() => referral_hub.talent.ask_about(list),
			),
		);
		if (frappe.user.has_role(["HR Manager", "HR User", "System Manager"])) {
			list.page.add_inner_button(__("Best People for an Opening"), () =>
				frappe.require("/assets/referral_hub/js/talent_matching.js", () =>
					referral_hub.talent.choose_opening(),
				),
			);
		}
		if (frappe.user.has_role(["HR Manager", "System Manager"])) {
			list.page.add_inner_button(__("Bring In Former Applicants"), bring_in);
		}
	},
	get_indicator(doc) {
		const state = doc.state;
		return [__(state, null, "Talent Pool Record"), TALENT_POOL_RECORD_COLORS[state], `state,=,${state}`];
	},
	formatters: {
		// a reason is no state: Frappe would paint "Open Channel" as something to be done
		reason: (value) => __(value, null, "Talent Pool Record"),
		// who came today is counted in the night: until then 0 would say that they never come back
		likelihood: (value, _field, doc) =>
			value || doc.likelihood_parts ? String(value) : __("Not counted yet", null, "Talent Pool Record"),
	},
};

function bring_in() {
	frappe.confirm(
		__(
			"All applicants of HRMS are looked through, and those worth knowing are kept: who did not come, declined, withdrew or was nearly chosen. This runs in the background and can be repeated.",
		),
		() =>
			frappe
				.call("referral_hub.api.desk_talent.import_history")
				.then(() => frappe.show_alert({ message: __("It has begun."), indicator: "blue" })),
	);
}
