// What the form, the list and the board of Job Applicant share about referred people: who referred them, since when, when
// the referrer is to hear next, and the two things HR writes to a referrer: a reason and a word.
frappe.provide("referral_hub");

const API = "referral_hub.api.desk_words.";

referral_hub.may_see_referrals = () => frappe.user.has_role(["HR User", "HR Manager", "System Manager"]);

/** Ask the server which of these applicants were referred. */
referral_hub.referred = async (applicants) => {
	if (!applicants.length || !referral_hub.may_see_referrals()) return {};
	const args = { applicants: JSON.stringify(applicants.slice(0, 500)) };
	const { message } = await frappe.call({ method: API + "referred_applicants", args, type: "GET" });
	return message || {};
};

/** Say in a few words, as plain text, what HR has to know. */
referral_hub.note = (found) => {
	const words = [__("Referred by {0}", [found.referrer_name || found.referrer])];
	words.push(__("since {0}", [referral_hub.words.day(found.since)]));
	if (found.outcome === "Open" && found.next_word_due) {
		const day = referral_hub.words.day(found.next_word_due);
		words.push(found.late ? __("a word was due on {0}", [day]) : __("next word due {0}", [day]));
	}
	return words.join(" · ");
};

/** Let HR choose the reason told to the referrer; `done(values)` replaces sending it, `without()` allows to go on. */
referral_hub.ask_reason = async ({ applicant, done, without }) => {
	frappe.hide_msgprint();
	const { message: reasons } = await frappe.call({ method: API + "reasons", type: "GET" });
	const dialog = new frappe.ui.Dialog({
		title: __("Tell the Referrer Why"),
		fields: reason_fields(reasons || []),
		primary_action_label: done ? __("Save with Reason") : __("Tell the Referrer"),
		primary_action(values) {
			dialog.answered = true;
			dialog.hide();
			done ? done(values) : send_reason(applicant, values);
		},
	});
	if (without) {
		dialog.set_secondary_action_label(__("Save without a Reason"));
		dialog.set_secondary_action(() => {
			dialog.answered = true;
			dialog.hide();
			without();
		});
	}
	dialog.onhide = () => dialog.answered || (done && done(null));
	dialog.show();
};

function reason_fields(reasons) {
	const hints = Object.fromEntries(reasons.map((reason) => [reason.value, reason.hint]));
	return [
		{
			fieldname: "reason",
			fieldtype: "Select",
			label: __("Reason Told to the Referrer"),
			options: [
				{ value: "", label: "" },
				...reasons.map(({ value, label, applies_to }) => ({
					value,
					label:
						applies_to === "Not Selected"
							? label
							: `${__(applies_to, null, "Referral Reason")}: ${label}`,
				})),
			],
			reqd: 1,
			onchange() {
				const hint = hints[this.get_value()] || "";
				this.layout
					.get_field("hint")
					.set_description(
						hint ? __("Without your words they read: {0}", [frappe.utils.escape_html(hint)]) : "",
					);
			},
		},
		{
			fieldname: "hint",
			fieldtype: "Small Text",
			label: __("Hint for Next Time"),
			length: 500,
		},
		{
			fieldname: "private",
			fieldtype: "HTML",
			options: `<p class="text-muted small">${__(
				"The referrer reads the reason and the hint. Your notes, ratings and feedback stay with you.",
			)}</p>`,
		},
	];
}

async function send_reason(applicant, { reason, hint }) {
	await frappe.call({
		method: API + "give_reason",
		args: { applicant, reason, hint: hint || "" },
		freeze: true,
	});
	frappe.show_alert({ message: __("The referrer will be told."), indicator: "green" });
	if (window.cur_list?.doctype === "Job Applicant") cur_list.refresh();
	if (window.cur_frm?.doc?.name === applicant) cur_frm.reload_doc();
}

/** Let HR write to the referrer between two moves. */
referral_hub.say_word = (referral, after) => {
	const dialog = new frappe.ui.Dialog({
		title: __("Word to the Referrer"),
		fields: [
			{
				fieldname: "words_for_referrer",
				fieldtype: "Small Text",
				label: __("What You Tell Them"),
				description: __("They read this as you write it, on their page and in a message."),
				length: 1000,
				reqd: 1,
			},
			{ fieldname: "on_hold", fieldtype: "Check", label: __("It waits, and this says why") },
			{
				fieldname: "next_word_by",
				fieldtype: "Date",
				label: __("Next Word By"),
				description: __("Empty: as the service level says."),
			},
		],
		primary_action_label: __("Send"),
		async primary_action(values) {
			const { message } = await frappe.call({
				method: API + "say_word",
				args: { referral, ...values },
				freeze: true,
			});
			dialog.hide();
			const day = message.next_word_due;
			frappe.show_alert({
				message: day
					? __("Sent. The next word is due on {0}.", [referral_hub.words.day(day)])
					: __("Sent."),
				indicator: "green",
			});
			after?.();
		},
	});
	dialog.show();
};
