const SCRIPTS = [
	"one_person",
	"talent_ties",
	"talent_archive",
	"talent_contacts",
	"talent_fields",
	"talent_files",
	"talent_links",
	"talent_matching",
	"talent_parting",
	"talent_words",
	"talent_requests",
];

frappe.ui.form.on("Talent Pool Record", {
	setup(frm) {
		frm.set_query("reason_given", () => ({
			filters: { enabled: 1, applies_to: kind_of(frm.doc.reason) || ["is", "set"] },
		}));
		frm.set_query("preferences", () => ({ filters: { enabled: 1 } }));
	},
	refresh(frm) {
		if (frm.is_new() || !frappe.user.has_role(["HR Manager", "HR User", "System Manager"])) {
			return;
		}
		frappe.require(
			SCRIPTS.map((script) => `/assets/referral_hub/js/${script}.js`),
			() => {
				add_buttons(frm);
				referral_hub.archive.show(frm);
			},
		);
	},
});

const kind_of = (reason) =>
	({ "Silver Medal": "Not Selected", "Open Channel": null, "Hand-picked": null, Other: null })[reason] ??
	(["Not Selected", "Withdrawn", "Declined Offer", "No-show"].includes(reason) ? reason : null);

function add_buttons(frm) {
	const { person, talent } = referral_hub;
	const { state } = frm.doc;
	const more = __("More", null, "Talent Pool Record");
	if (state === "Proposed") {
		frm.set_intro(__("This person accepted an offer and should have come by now. Did they?"), "orange");
		frm.add_custom_button(__("Did Not Come"), () => talent.confirm_no_show(frm)).addClass("btn-primary");
		frm.add_custom_button(__("No No-show"), () => talent.change(frm, "reject_no_show"));
	} else if (["In Pool", "Resting", "Matched"].includes(state)) {
		frm.add_custom_button(__("Match to an Opening"), () => person.call_back(frm)).addClass("btn-primary");
	}
	if (state !== "Anonymised") {
		frm.add_custom_button(__("Log a Contact"), () => talent.log(frm));
	}
	if (["In Pool", "Resting", "Matched"].includes(state)) {
		frm.add_custom_button(__("Write", null, "Talent Pool Record"), () => talent.write(frm, frm.doc.name));
		frm.add_custom_button(__("Ask a Colleague"), () => talent.ask(frm));
		if (frm.doc.consent_state === "Given") {
			frm.add_custom_button(__("Add a Signal"), () => talent.add_signal(frm), more);
		}
		frm.add_custom_button(__("Remind Me", null, "Talent Pool Record"), () => talent.remind(frm), more);
		const fits = __("Who Fits", null, "Talent Pool Record");
		frm.add_custom_button(__("Best Openings"), () => talent.best_openings(frm), fits);
		frm.add_custom_button(__("Similar People"), () => talent.similar_people(frm), fits);
	}
	if (["Do Not Contact", "Closed", "Resting", "Matched"].includes(state) && !frm.doc.erasure_asked_on) {
		frm.add_custom_button(__("Take Back into the Pool"), () => talent.change(frm, "contact_again"));
	} else if (!["Hired", "Anonymised"].includes(state)) {
		frm.add_custom_button(
			__("Do Not Contact", null, "Talent Pool Record"),
			() => talent.do_not_contact(frm),
			more,
		);
	}
	if (state !== "Anonymised") {
		frm.add_custom_button(__("These Are Two People"), () => talent.part(frm), more);
		const their_data = __("Their Data");
		frm.add_custom_button(
			__("Send Them the Link to Their Page"),
			() => talent.send_page(frm),
			their_data,
		);
		if (person.may_erase()) {
			frm.add_custom_button(__("Print All of It"), () => talent.print_all(frm), their_data);
			frm.add_custom_button(__("Download All of It"), () => talent.export(frm), their_data);
			frm.add_custom_button(__("Delete Personal Data"), () => person.erase(frm), their_data);
		}
	}
}
