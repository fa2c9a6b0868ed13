/** What HR does about one person, from a Referral as from a Talent Pool Record: match to an opening, delete their data. */
frappe.provide("referral_hub.person");

referral_hub.person.match = function (frm, referral) {
	frappe
		.call({
			method: "referral_hub.api.desk_pool.proposals",
			args: { referral },
			type: "GET",
			freeze: true,
		})
		.then(({ message }) =>
			choose_opening(frm, message || [], (opening, knowingly) => ({
				method: "referral_hub.api.desk_pool.match",
				args: { referral, opening, knowingly },
			})),
		);
};

/** From the talent pool: a referral that waits there is matched, else the person becomes an applicant again. */
referral_hub.person.call_back = function (frm) {
	const { name: record, referral } = frm.doc;
	const call_of = (opening) => ({
		method: "referral_hub.api.desk_pool.call_back",
		args: { record, opening },
	});
	frappe
		.call({
			method: "referral_hub.api.desk_pool.best_openings",
			args: { record },
			type: "GET",
			freeze: true,
		})
		.then(({ message }) => choose_opening(frm, message || [], call_of, Boolean(referral)));
};

referral_hub.person.erase = function (frm) {
	const fields = [
		{
			fieldtype: "HTML",
			options: `<p>${__(
				"Name, contacts, files, messages and everything written about this person are deleted for good, in all their referrals. Numbers, stages, rewards and points stay.",
			)}</p><p>${__("This can't be undone.")}</p>`,
		},
		{
			fieldname: "with_hrms",
			fieldtype: "Check",
			default: 1,
			label: __("Also Empty the Job Applicant and the Employee Referral"),
			description: __(
				"Interviews and offers stay without the name. Untick it where the law asks you to keep the application. Who became an employee is kept by HRMS in any case.",
			),
		},
	];
	const values_chosen = ({ with_hrms }) =>
		frappe
			.call({
				method: "referral_hub.api.desk_people.erase_person",
				args: { doctype: frm.doctype, name: frm.doc.name, with_hrms },
				freeze: true,
			})
			.then(({ message }) => say_erased(frm, message));
	const dialog = frappe.prompt(fields, values_chosen, __("Delete Personal Data"), __("Delete for Good"));
	dialog.get_primary_btn().removeClass("btn-primary").addClass("btn-danger");
};

referral_hub.person.may_erase = () => frappe.user.has_role(["HR Manager", "System Manager"]);

function say_erased(frm, { employee }) {
	const said = employee
		? __("What we held is deleted. This person is an employee, whom HRMS keeps: {0}.", [employee])
		: __("What was held about this person is deleted.");
	frappe.show_alert({ message: said, indicator: "green" }, 10);
	if (frm.doctype === "Referral") {
		frm.reload_doc();
	} else {
		frappe.set_route("List", frm.doctype);
	}
}

/** `is_referred`: false where no referral waits, so that there may be nobody to tell. */
function choose_opening(frm, proposals, call_of, is_referred = true) {
	const description = is_referred
		? __("The referrer keeps the referral and is told. The reward rules of today apply.")
		: __(
				"This person becomes an applicant again. Who referred them first is credited where the settings say so.",
			);
	const dialog = new frappe.ui.Dialog({
		title: __("Match to an Opening"),
		fields: [
			{ fieldname: "proposed", fieldtype: "HTML" },
			{
				fieldname: "opening",
				fieldtype: "Link",
				options: "Job Opening",
				label: __("Job Opening", null, "Referral Hub"),
				reqd: 1,
				description,
				get_query: () => ({ filters: { status: "Open" } }),
			},
			{
				fieldname: "knowingly",
				fieldtype: "Check",
				label: __("Also an Opening That Takes No Referrals"),
				hidden: !is_referred,
			},
		],
		primary_action_label: __("Match"),
		primary_action({ opening, knowingly }) {
			frappe.call({ ...call_of(opening, knowingly || 0), freeze: true }).then(({ message }) => {
				dialog.hide();
				const said =
					message === ""
						? __("The applicant is made. Nobody is credited with them.")
						: __("The referrer is told.");
				frappe.show_alert({ message: said, indicator: "green" });
				frm.reload_doc();
			});
		},
	});
	dialog.fields_dict.proposed.$wrapper.html(list_of(proposals));
	dialog.$wrapper.on("click", "[data-opening]", (event) => {
		const name = event.currentTarget.dataset.opening;
		dialog.set_value("opening", name);
		dialog.$wrapper.find("[data-opening]").each((_index, each) => {
			each.setAttribute("aria-pressed", each.dataset.opening === name);
			each.classList.toggle("border-primary", each.dataset.opening === name);
		});
	});
	dialog.show();
}

function list_of(proposals) {
	if (!proposals.length) {
		const none = __(
			"No open opening fits what is known of this person. Choose one, or add skills and wishes first.",
		);
		return `<p class="text-muted">${none}</p>`;
	}
	return `<p class="text-muted">${__("These fit what is known of this person:")}</p>${proposals.map(row_of).join("")}`;
}

function row_of(proposal) {
	const escape = frappe.utils.escape_html;
	const place = [proposal.department, proposal.location].filter(Boolean).map(escape).join(" · ");
	const reasons = {
		designation: __("the designation", null, "Match"),
		place: __("the place", null, "Match"),
	};
	const why = [...proposal.by.map((each) => reasons[each]), ...proposal.words.map(escape)].join(", ");
	return `<button type="button" class="btn btn-default btn-block text-left mb-2 p-3" style="white-space: normal"
		aria-pressed="false" data-opening="${escape(proposal.name)}">
		<b>${escape(proposal.title)}</b> <span class="text-muted">${place}</span><br>
		<small class="text-muted">${__("Fits by: {0}", [why])}</small></button>`;
}
