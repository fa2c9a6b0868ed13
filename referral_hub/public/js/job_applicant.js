// On the form: who referred this applicant, since when, what the green channel allows, when a word is due. A person who
// rejects is asked for the reason before the form is saved; they may save without.
frappe.ui.form.on("Job Applicant", {
	refresh(frm) {
		if (frm.doc.referral_hub_referral && !frm.is_new()) show_referral(frm);
	},

	async before_save(frm) {
		if (!is_being_rejected(frm)) return;
		const go_on = await ask_why(frm);
		frappe.validated = go_on;
	},

	after_save(frm) {
		frm.referral_hub_status = frm.doc.status;
	},

	onload(frm) {
		frm.referral_hub_status = frm.doc.status;
	},
});

function is_being_rejected(frm) {
	return (
		frm.doc.referral_hub_referral &&
		frm.doc.status === "Rejected" &&
		frm.referral_hub_status !== "Rejected" &&
		!frm.doc.referral_hub_reason &&
		referral_hub.may_see_referrals()
	);
}

function ask_why(frm) {
	return new Promise((resolve) => {
		referral_hub.ask_reason({
			applicant: frm.doc.name,
			done(values) {
				if (values) {
					frm.doc.referral_hub_reason = values.reason;
					frm.doc.referral_hub_hint = values.hint;
				}
				resolve(Boolean(values));
			},
			without: () => resolve(true),
		});
	});
}

async function show_referral(frm) {
	const referral = frm.doc.referral_hub_referral;
	const found = (await referral_hub.referred([frm.doc.name]))[frm.doc.name];
	if (!found || frm.doc.referral_hub_referral !== referral) return;
	const link = frappe.utils.get_form_link("Referral", referral, true, referral);
	const words = [`${frappe.utils.escape_html(referral_hub.note(found))} (${link})`];
	if (found.outcome === "Open" && found.green_rounds.length) {
		const rounds = found.green_rounds.map(frappe.utils.escape_html).join(", ");
		words.push(__("Green channel: {0} may be skipped.", [rounds]));
	}
	frm.dashboard.clear_headline();
	frm.dashboard.set_headline(words.join("<br>"), found.late ? "red" : "blue");
	add_buttons(frm, found);
	show_assessment(frm, referral);
}

async function show_assessment(frm, referral) {
	const { message } = await frappe.call({
		method: "referral_hub.api.desk_words.assessment",
		args: { referral },
		type: "GET",
	});
	if (!message || frm.doc.referral_hub_referral !== referral) return;
	frm.layout.wrapper?.find(".referral-hub-assessment").remove();
	frm.dashboard.add_section(message, __("What the Referrer Says"), "custom referral-hub-assessment");
	frm.dashboard.show();
}

function add_buttons(frm, found) {
	if (found.outcome === "Open") {
		frm.add_custom_button(__("Word to the Referrer"), () =>
			referral_hub.say_word(found.referral, () => frm.refresh()),
		);
	}
	if (frm.doc.status === "Rejected" && !frm.doc.referral_hub_reason && frm.perm[0]?.write) {
		frm.add_custom_button(__("Give a Reason"), () =>
			referral_hub.ask_reason({ applicant: frm.doc.name }),
		);
	}
}
