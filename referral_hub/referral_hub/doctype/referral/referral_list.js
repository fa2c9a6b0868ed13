const OUTCOME_COLORS = {
	Hired: "green",
	Left: "gray",
	"No-show": "red",
	"Declined Offer": "orange",
	Withdrawn: "gray",
	"Not Selected": "gray",
	Expired: "gray",
	Duplicate: "gray",
	Ineligible: "gray",
};
const STAGE_COLORS = {
	Invited: "gray",
	Submitted: "blue",
	Screening: "light-blue",
	Interviewing: "cyan",
	Selected: "purple",
	Offered: "yellow",
};

frappe.listview_settings["Referral"] = {
	add_fields: ["stage", "outcome", "no_show_proposed_on"],
	hide_name_column: false,
	onload(list) {
		show_five_columns(list);
	},
	get_indicator(doc) {
		if (doc.no_show_proposed_on) {
			return [__("No-show?"), "orange", "no_show_proposed_on,is,set"];
		}
		if (doc.outcome === "Hired") {
			return [
				__(doc.stage, null, "Referral"),
				OUTCOME_COLORS.Hired,
				`outcome,=,Hired|stage,=,${doc.stage}`,
			];
		}
		if (doc.outcome !== "Open") {
			return [
				__(doc.outcome, null, "Referral"),
				OUTCOME_COLORS[doc.outcome],
				`outcome,=,${doc.outcome}`,
			];
		}
		return [
			__(doc.stage, null, "Referral"),
			STAGE_COLORS[doc.stage],
			`outcome,=,Open|stage,=,${doc.stage}`,
		];
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
