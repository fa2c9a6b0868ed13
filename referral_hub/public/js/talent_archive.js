/** What is known of somebody in the talent pool, on the form: applications, interviews, offers, contacts and mails. */
(() => {
	frappe.provide("referral_hub.archive");

	referral_hub.archive.show = function (frm) {
		const field = frm.get_field("archive");
		field.$wrapper.html(`<p class="text-muted">${__("Loading...", null, "Talent Pool Record")}</p>`);
		frappe
			.call({
				method: "referral_hub.api.desk_talent.archive",
				args: { record: frm.doc.name },
				type: "GET",
			})
			.then(({ message }) => {
				field.$wrapper.html(page_of(message));
				referral_hub.talent.show_ties(frm, message.ties);
				referral_hub.talent.show_links(frm, message.links);
			});
	};

	const escape = (text) =>
		frappe.utils.escape_html(text === null || text === undefined ? "" : String(text));
	const on_day = (date) => (date ? frappe.datetime.str_to_user(String(date).slice(0, 10)) : "");
	const list_of = (rows) =>
		rows.length ? `<ul class="pl-4 mb-2">${rows.map((row) => `<li>${row}</li>`).join("")}</ul>` : "";
	const heading = (text) => `<h5 class="mt-4 mb-2">${text}</h5>`;
	const stars_of = (rating) => (rating ? __("{0} of 5 stars", [Math.round(rating * 50) / 10]) : "");
	const joined = (parts) => parts.filter(Boolean).join(" · ");
	const link_to = (doctype, name, text) =>
		`<a href="${frappe.utils.get_form_link(doctype, name)}">${escape(text)}</a>`;

	function page_of(archive) {
		const hidden = archive.words_are_hidden
			? `<p class="text-muted">${__(
					"The words of interviewers are shown to those whom HRMS lets read Interview Feedback.",
				)}</p>`
			: "";
		const parts = [
			likelihood_of(archive.likelihood),
			...archive.applications.map(application_of),
			hidden,
			part(__("Reached Before By", null, "Talent Pool Record"), archive.former.map(former_of)),
			part(__("Referred By", null, "Talent Pool Record"), archive.referrals.map(referral_of)),
			part(__("Contacts", null, "Talent Pool Record"), archive.contacts.map(contact_of)),
			part(__("E-mails", null, "Talent Pool Record"), archive.mails.map(mail_of)),
		];
		return (
			parts.filter(Boolean).join("") ||
			`<p class="text-muted">${__("Nothing is known from HRMS. Log contacts as they take place.")}</p>`
		);
	}

	function likelihood_of({ score, parts }) {
		const names = {
			reason: __("the reason", null, "Likelihood"),
			time: __("the time since", null, "Likelihood"),
			contacts: __("contacts", null, "Likelihood"),
			openings: __("openings that fit", null, "Likelihood"),
			signals: __("signals", null, "Likelihood"),
		};
		const rows = parts.map(({ name, value, weight }) =>
			__("{0}: {1} of 100, weight {2}", [names[name], Math.round(value * 100), weight]),
		);
		return heading(__("Likely to come back: {0} of 100", [score])) + list_of(rows);
	}

	function part(title, rows) {
		return rows.length ? heading(title) + list_of(rows) : "";
	}

	function application_of(row) {
		const pay = row.pay_from || row.pay_to ? pay_of(row) : "";
		const facts = joined([
			escape(row.designation),
			__("applied on {0}", [on_day(row.applied_on)]),
			__(row.status, null, "Job Applicant"),
			escape(row.source),
			pay,
		]);
		const letter = row.cover_letter
			? `<p style="white-space: pre-line">${escape(row.cover_letter)}</p>`
			: "";
		return `${heading(
			link_to("Job Applicant", row.name, row.opening || row.name),
		)}<p class="text-muted mb-2">${facts}</p>${letter}
		${list_of([...row.rounds.map(round_of), ...row.offers.map(offer_of)])}`;
	}

	function pay_of(row) {
		const amounts = [row.pay_from, row.pay_to]
			.filter(Boolean)
			.map((amount) => format_currency(amount, row.currency));
		return __("expects {0}", [amounts.join(" – ")]);
	}

	function round_of(row) {
		const facts = joined([on_day(row.on), __(row.status, null, "Interview"), stars_of(row.rating)]);
		return `<b>${link_to("Interview", row.name, row.round)}</b> <span class="text-muted">${facts}</span>
		${list_of(row.feedback.map(feedback_of))}`;
	}

	function feedback_of(row) {
		const facts = joined([
			row.result ? __(row.result, null, "Interview Feedback") : "",
			stars_of(row.rating),
		]);
		const words = row.words ? `<div style="white-space: pre-line">${escape(row.words)}</div>` : "";
		return `${escape(row.by)} <span class="text-muted">${facts}</span>${words}`;
	}

	function offer_of(row) {
		const joining = row.joining_on ? __("to join on {0}", [on_day(row.joining_on)]) : "";
		const facts = joined([
			on_day(row.on),
			__(row.status, null, "Job Offer"),
			escape(row.designation),
			joining,
		]);
		const terms = row.terms.map(({ term, value }) => `${escape(term)}: ${escape(value)}`);
		return `<b>${link_to("Job Offer", row.name, __("Offer", null, "Talent Pool Record"))}</b>
		<span class="text-muted">${facts}</span>${list_of(terms)}`;
	}

	function former_of(row) {
		return `${escape(row.contact)} <span class="text-muted">${__(row.kind, null, "Talent Former Key")}</span>`;
	}

	function referral_of(row) {
		const facts = joined([
			on_day(row.submitted_on),
			__(row.stage, null, "Referral"),
			__(row.outcome, null, "Referral"),
		]);
		return `${link_to("Referral", row.name, row.referrer_name)} <span class="text-muted">${facts}</span>`;
	}

	function contact_of(row) {
		const kind = __(row.kind, null, "Talent Interaction");
		const direction = row.direction ? __(row.direction, null, "Talent Interaction") : "";
		const facts = joined([
			frappe.datetime.str_to_user(row.happened_on),
			direction,
			row.is_interested ? __("They Are Interested", null, "Talent Interaction") : "",
			row.wecom_state ? `WeCom: ${__(row.wecom_state, null, "Talent Interaction")}` : "",
			escape(frappe.user.full_name(row.by_user)),
		]);
		return `<b>${kind}</b> <span class="text-muted">${facts}</span>
		<div style="white-space: pre-line">${escape(row.summary)}</div>`;
	}

	function mail_of(row) {
		const who = row.is_theirs ? __("from them") : __("from us");
		const facts = joined([frappe.datetime.str_to_user(row.on), who]);
		return `<b>${escape(row.subject)}</b> <span class="text-muted">${facts}</span>
		<div style="white-space: pre-line">${escape(row.words)}</div>`;
	}
})();
