// HR proposes, answers and cancels; where the goals stand, and what was said, comes from the server.

frappe.ui.form.on("Onboarding Goal Plan", {
	refresh(frm) {
		if (frm.is_new()) {
			return;
		}
		show(frm);
		// from then on HRMS's Goals are changed
		const fixed = ["Under Way", "Over", "Cancelled"].includes(frm.doc.state);
		frm.set_df_property("goals", "read_only", fixed ? 1 : 0);
		if (!frm.perm[0]?.write) {
			return;
		}
		const open = ["Draft", "Proposed", "Commented"].includes(frm.doc.state);
		if (open) {
			frm.add_custom_button(__("Propose to the Candidate"), () => propose(frm));
		}
		if (frm.doc.proposed_on) {
			frm.add_custom_button(__("Answer the Candidate"), () => answer(frm));
		}
		if (!["Over", "Cancelled"].includes(frm.doc.state)) {
			frm.add_custom_button(__("Cancel the Plan"), () => cancel(frm));
		}
	},
});

const API = "referral_hub.api.paths.goals";
const COURSES = {
	reached: [__("Reached", null, "a goal"), "green"],
	"on course": [__("On course"), "blue"],
	behind: [__("Behind an even pace"), "orange"],
	late: [__("Its day has passed"), "red"],
	"set aside": [__("Set aside"), "gray"],
	deleted: [__("Not in HRMS any more"), "gray"],
};
const CHANGES = { words: __("other words"), day: __("another day") };

async function show(frm) {
	const { message } = await frappe.call({
		method: `${API}.told`,
		type: "GET",
		args: { plan: frm.doc.name },
	});
	frm.get_field("standing").$wrapper.html(standing(message.goals));
	frm.get_field("said").$wrapper.html(said(message.said));
}

function standing(goals) {
	const safe = frappe.utils.escape_html;
	const rows = goals.map((each) => {
		const [course, colour] = COURSES[each.course];
		const changes = each.changes.map((change) => CHANGES[change]).join(", ");
		const name = each.goal
			? frappe.utils.get_form_link("Goal", each.goal, true, safe(each.words))
			: safe(each.words);
		return `<tr><td>${name}</td><td class="text-right">${each.progress} %</td><td class="text-right">${each.expected} %</td>
			<td><span class="indicator-pill ${colour}">${course}</span></td><td>${changes}</td></tr>`;
	});
	return `<div style="overflow-x: auto"><table class="table table-bordered"><thead><tr><th>${__("Goal", null, "Onboarding Goal")}</th>
		<th class="text-right">${__("Progress", null, "Onboarding Goal Plan")}</th><th class="text-right">${__("At an Even Pace")}</th>
		<th>${__("Standing", null, "Onboarding Goal Plan")}</th><th>${__("Changed in HRMS")}</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function said(notes) {
	const safe = frappe.utils.escape_html;
	if (!notes.length) {
		return `<p class="text-muted">${__("Nothing yet.")}</p>`;
	}
	const rows = notes.map((each) => {
		const by = [
			__(each.said_by, null, "Onboarding Goal Note"),
			__(each.kind, null, "Onboarding Goal Note"),
			frappe.datetime.str_to_user(each.said_on),
			safe(each.about || ""),
		];
		return `<p><span class="text-muted small">${by.filter(Boolean).join(" · ")}</span><br>
			<span style="white-space: pre-line">${safe(each.words || "")}</span></p>`;
	});
	return rows.join("");
}

async function propose(frm) {
	if (frm.is_dirty()) {
		await frm.save();
	}
	const { message } = await frappe.call({
		method: `${API}.propose`,
		args: { plan: frm.doc.name },
		freeze: true,
	});
	await frm.reload_doc();
	const dialog = new frappe.ui.Dialog({
		title: __("Propose to the Candidate"),
		fields: [{ fieldtype: "HTML", fieldname: "address" }],
		primary_action_label: __("Write an E-mail"),
		primary_action: () => {
			dialog.hide();
			write(frm, message);
		},
		secondary_action_label: __("Copy the Link"),
		secondary_action: () => frappe.utils.copy_to_clipboard(message),
	});
	dialog.fields_dict.address.$wrapper.html(
		`<p>${__("Send this link to the candidate. It opens their goals without a login; here it is shown once.")}</p>
		<code>${frappe.utils.escape_html(message)}</code>`,
	);
	dialog.show();
}

async function write(frm, link) {
	const { message } = await frappe.db.get_value("Job Applicant", frm.doc.job_applicant, "email_id");
	new frappe.views.CommunicationComposer({
		doc: frm.doc,
		frm,
		recipients: message?.email_id,
		subject: __("Your first months"),
		message: `<p>${__("Here is what we propose for your first months. Tell us what you think:")}</p><p><a href="${link}">${link}</a></p>`,
	});
}

function answer(frm) {
	frappe.prompt(
		{
			fieldname: "words",
			fieldtype: "Small Text",
			label: __("The candidate reads this on their page"),
			reqd: 1,
		},
		async ({ words }) => {
			await frappe.call({ method: `${API}.answer`, args: { plan: frm.doc.name, words } });
			frm.reload_doc();
		},
		__("Answer the Candidate"),
		__("Keep", null, "Referral Hub"),
	);
}

function cancel(frm) {
	frappe.confirm(__("Cancel this plan? Goals that are in HRMS already stay."), async () => {
		await frappe.call({ method: `${API}.cancel`, args: { plan: frm.doc.name } });
		frm.reload_doc();
	});
}
