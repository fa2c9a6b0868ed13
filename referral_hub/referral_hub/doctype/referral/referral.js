const CLOSED_AS = ["Withdrawn", "No-show", "Expired", "Duplicate", "Ineligible"];
// Only these have reasons of their own; the others explain themselves.
const WITH_REASON = ["Withdrawn", "No-show"];

frappe.ui.form.on("Referral", {
	refresh(frm) {
		referral_hub.words.say(frm, { stage: "Referral", outcome: "Referral" });
		say_why_flagged(frm);
		propose_no_show(frm);
		tell_of_deleted_applicant(frm);
		if (frm.is_new() || !frappe.user.has_role(["HR Manager", "HR User", "System Manager"])) {
			return;
		}
		frm.set_df_property("decision_html", "options", frm.doc.__onload?.decision || "");
		show_assessment(frm);
		frm.add_custom_button(__("Look Again"), () => ask(frm, "look_again"));
		frm.add_custom_button(__("Move Credit"), () => move_credit(frm));
		add_candidate_buttons(frm);
		frappe.require("/assets/referral_hub/js/thanks.js", () => referral_hub.thanks.add(frm, frm.doc.name));
		frappe.require("/assets/referral_hub/js/one_person.js", () => add_person_buttons(frm));
		if (frm.doc.outcome === "Open") {
			if (frm.doc.applicant_deleted) {
				frm.add_custom_button(__("Tell the Referrer and Close"), () => close_with_word(frm)).addClass(
					"btn-primary",
				);
			}
			add_close_buttons(frm);
		} else if (frm.doc.closed_as && !frm.doc.erased_on) {
			frm.add_custom_button(__("Open Again"), () => ask(frm, "reopen"));
		}
	},
});

/** The whole decision stands at the end of the form; what is worth a look is said before anybody acts. */
function say_why_flagged(frm) {
	const reasons = frm.doc.__onload?.worth_a_look || [];
	if (frm.doc.outcome === "Open" && reasons.length) {
		const said = reasons.map(frappe.utils.escape_html).join(" · ");
		frm.dashboard.set_headline_alert(`<b>${__("Worth a look")}</b> · ${said}`, "orange");
	}
}

function show_assessment(frm) {
	const said = frm.doc.__onload?.assessment || "";
	frm.set_df_property("assessment_html", "options", said);
	frm.toggle_display("assessment_html", Boolean(said));
}

function propose_no_show(frm) {
	if (frm.doc.no_show_proposed_on) {
		frm.dashboard.set_headline_alert(
			__(
				"The offer was accepted, but nobody has joined since the joining date. Did the candidate not come?",
			),
			"orange",
		);
	}
}

function tell_of_deleted_applicant(frm) {
	if (frm.doc.applicant_deleted && frm.doc.outcome === "Open") {
		frm.dashboard.set_headline_alert(
			__(
				"The Job Applicant was deleted, so HRMS says nothing more about this referral. Tell the referrer and close it, or enter the applicant again.",
			),
			"orange",
		);
	}
}

function close_with_word(frm) {
	const words = __(
		"The application of {0} is no longer in our system, so we close this referral. Thank you for the introduction. You are welcome to refer again.",
		[frm.doc.candidate_name],
	);
	const field = {
		fieldname: "words_for_referrer",
		fieldtype: "Small Text",
		label: __("Words for the Referrer"),
		default: words,
		reqd: 1,
	};
	frappe.prompt(
		field,
		({ words_for_referrer }) =>
			frappe
				.call({
					method: "referral_hub.api.desk_words.close_with_word",
					args: { referral: frm.doc.name, words_for_referrer },
					freeze: true,
				})
				.then(() => frm.reload_doc()),
		__("Tell the Referrer and Close"),
		__("Close"),
	);
}

function add_candidate_buttons(frm) {
	if (frm.doc.erased_on) {
		return;
	}
	const group = __("Candidate's Page");
	frm.add_custom_button(__("Send Link"), () => send_link(frm), group);
	frm.add_custom_button(__("Revoke Links"), () => revoke_links(frm), group);
}

function add_person_buttons(frm) {
	const { person } = referral_hub;
	const waits = frm.doc.outcome === "Open" && !frm.doc.job_opening && frm.doc.job_applicant;
	if (waits) {
		frm.add_custom_button(__("Match to an Opening"), () => person.match(frm, frm.doc.name)).addClass(
			"btn-primary",
		);
	}
	if (person.may_erase() && !frm.doc.erased_on) {
		frm.add_custom_button(__("Delete Personal Data"), () => person.erase(frm), __("Candidate's Page"));
	}
}

function send_link(frm) {
	of_candidate(frm, "send_status_link").then(({ message }) => {
		frappe.show_alert(
			message
				? { message: __("The candidate gets a link to their own page."), indicator: "green" }
				: {
						message: __(
							"This candidate can't be written to. Look at their contact and at the settings.",
						),
						indicator: "orange",
					},
		);
	});
}

function revoke_links(frm) {
	frappe.confirm(__("Let no link to this candidate's page work any more?"), () =>
		of_candidate(frm, "revoke_status_links").then(() =>
			frappe.show_alert({ message: __("No link works any more."), indicator: "green" }),
		),
	);
}

function of_candidate(frm, method) {
	return frappe.call({
		method: `referral_hub.api.desk_people.${method}`,
		args: { referral: frm.doc.name },
		freeze: true,
	});
}

function add_close_buttons(frm) {
	for (const closed_as of CLOSED_AS) {
		frm.add_custom_button(
			__(closed_as, null, "Referral"),
			() => close_as(frm, closed_as),
			__("Close as ..."),
		);
	}
}

async function close_as(frm, closed_as) {
	const name = __(closed_as, null, "Referral");
	if (!WITH_REASON.includes(closed_as)) {
		frappe.confirm(__("Close this referral as {0}?", [name]), () => ask(frm, "close_as", { closed_as }));
		return;
	}
	const field = await reason_field(closed_as);
	const close = (values) => ask(frm, "close_as", { closed_as, ...values });
	frappe.prompt(field, close, __("Close as {0}", [name]), __("Close"));
}

/** The reasons of this ending, in the words of whoever chooses. */
async function reason_field(closed_as) {
	const method = "referral_hub.api.desk_words.reasons";
	const { message } = await frappe.call({ method, type: "GET" });
	const reasons = (message || []).filter(({ applies_to }) => applies_to === closed_as);
	return {
		fieldname: "reason",
		fieldtype: "Select",
		label: __("Reason Told to the Referrer"),
		options: [{ value: "", label: "" }, ...reasons.map(({ value, label }) => ({ value, label }))],
	};
}

function ask(frm, method, args = {}) {
	return frm.call({ doc: frm.doc, method, args, freeze: true }).then(() => frm.reload_doc());
}

function move_credit(frm) {
	const fields = [
		{
			fieldname: "to_employee",
			fieldtype: "Link",
			options: "Employee",
			label: __("Credit This Employee"),
			reqd: 1,
			get_query: () => ({ filters: { status: "Active", name: ["!=", frm.doc.referrer] } }),
		},
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Why the Credit Moves"), reqd: 1 },
	];
	frappe.prompt(fields, (values) => ask(frm, "move_credit", values), __("Move Credit"), __("Move Credit"));
}
