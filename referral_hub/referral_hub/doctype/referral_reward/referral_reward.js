// Decisions about a reward. The server checks roles, states and reasons; the form only asks.

const NOT_PAID = ["Earned", "Approval", "Due", "On Hold"];
const HANDED_OVER = ["Paid", "Confirmed"];
const TAKEN_BACK = ["Void", "Clawed Back", "Owed"];
const WORDS = { fieldname: "reason", fieldtype: "Small Text" };
const HR_ROLES = ["HR User", "HR Manager", "System Manager"];

frappe.ui.form.on("Referral Reward", {
	refresh(frm) {
		frm.disable_save();
		referral_hub.words.say(frm, {
			state: "Referral Reward",
			milestone: "Reward Rule Milestone",
			kind: "Reward Kind",
		});
		show_why(frm);
		if (HR_ROLES.some((role) => frappe.user.has_role(role))) {
			add_decisions(frm);
			add_asking_back(frm);
			if (HANDED_OVER.includes(frm.doc.state)) {
				frappe.require("/assets/referral_hub/js/thanks.js", () =>
					referral_hub.thanks.add(frm, frm.doc.referral, frm.doc.name),
				);
			}
		}
		if (frm.doc.state === "Approval") {
			add_approval(frm);
		}
	},
});

function add_decisions(frm) {
	const { state, decided_by } = frm.doc;
	if (NOT_PAID.includes(state) && !(state === "On Hold" && decided_by)) {
		add_decision(frm, __("Hold", null, "Referral Reward"), "hold_reward", __("Why is this reward held?"));
	}
	if (decided_by || state === "On Hold") {
		add_decision(
			frm,
			__("Release", null, "Referral Reward"),
			"release_reward",
			__("Why is this reward released?"),
		);
	}
	if (!TAKEN_BACK.includes(state) || state === "Owed") {
		const question =
			state === "Owed" ? __("Why is what is owed written off?") : __("Why is this reward voided?");
		add_decision(frm, __("Void"), "void_reward", question);
	}
}

function add_decision(frm, label, method, title) {
	frm.add_custom_button(label, () => {
		ask(frm, method, [{ ...WORDS, label: __("Reason"), reqd: 1 }], title, label);
	});
}

function add_approval(frm) {
	const label = __("Approve", null, "Referral Reward");
	const words = { ...WORDS, label: __("Reason") };
	frm.add_custom_button(label, () =>
		ask(frm, "approve_reward", [words], __("Approve this reward?"), label),
	).addClass("btn-primary");
}

function add_asking_back(frm) {
	if (JSON.parse(frm.doc.explanation || "{}").give_back) {
		const label = __("Note as Paid to the Employee");
		add_decision(frm, label, "note_paid_to_employee", __("How was it paid back to the employee?"));
	}
	const beyond = kept_beyond(frm);
	if (!["Cash", "Points"].includes(frm.doc.kind) && frm.doc.state === "Owed") {
		const label = __("Note as Given Back");
		add_decision(frm, label, "note_paid_back", __("How was it given back?"));
		return;
	}
	if (frm.doc.kind !== "Cash" || !(frm.doc.state === "Owed" || beyond)) {
		return;
	}
	add_asking(frm, __("Deduct from Salary"), "deduct_owed");
	add_asking(frm, __("Note as Paid Back"), "note_paid_back");
	if (beyond) {
		const label = __("Let the Employee Keep It");
		add_decision(frm, label, "let_employee_keep", __("Why may the employee keep it?"));
	}
}

/** What the employee has beyond a reward that stands, because it was paid anew and nothing deducts what was paid before. */
function kept_beyond({ doc }) {
	return HANDED_OVER.includes(doc.state) ? flt(JSON.parse(doc.explanation || "{}").kept_beyond) : 0;
}

function add_asking(frm, label, method) {
	frm.add_custom_button(label, async () => {
		const currency = frm.doc.paid_currency || frm.doc.currency;
		const asked = await asked_back(frm);
		const fields = [
			{
				fieldname: "amount",
				fieldtype: "Currency",
				precision: get_number_format_info(get_number_format(currency)).precision,
				label: __("Amount in {0}", [currency]),
				description: asked
					? __("{0} is asked back already.", [format_currency(asked, currency)])
					: "",
				default: kept_beyond(frm) || frm.doc.owed_amount - asked,
				reqd: 1,
			},
			{ ...WORDS, label: __("Reason"), reqd: 1 },
		];
		ask(frm, method, fields, label, label);
	});
}

/** What payroll is to deduct already of what this payment owes. */
async function asked_back({ doc }) {
	const waiting = await frappe.db.get_list("Reward Recovery", {
		filters: { reward: doc.name, state: "Waiting" },
		fields: ["amount", "attempt"],
		limit: 0,
	});
	const own = waiting.filter(({ attempt }) => !attempt || attempt >= doc.attempt);
	return own.reduce((sum, { amount }) => sum + amount, 0);
}

/** Ask, and decide once, about what is shown now; what was typed stays where the server refuses it. */
function ask(frm, method, fields, title, label) {
	let shown = frm.doc.modified;
	let is_sent = false;
	const dialog = new frappe.ui.Dialog({
		title,
		fields,
		primary_action_label: label,
		primary_action(typed) {
			if (is_sent) {
				return;
			}
			is_sent = true;
			decide(frm, method, { ...typed, shown }).then(
				() => {
					dialog.hide();
					return frm.reload_doc();
				},
				() => {
					is_sent = false;
					// it may have changed since: what they decide anew is about what they see then
					return Promise.resolve(frm.reload_doc()).then(() => (shown = frm.doc.modified));
				},
			);
		},
	});
	dialog.show();
}

function decide(frm, method, { reason = "", ...more }) {
	return frappe.call({
		method: `referral_hub.api.desk.${method}`,
		args: { reward: frm.doc.name, reason, ...more },
		freeze: true,
	});
}

function show_why(frm) {
	frappe
		.call({
			method: "referral_hub.api.desk.explain_reward",
			type: "GET",
			args: { reward: frm.doc.name },
		})
		.then(({ message }) => {
			if (!message || frm.doc.name !== frm.docname) {
				return;
			}
			frm.set_intro(frappe.utils.escape_html(message.sentence), "blue");
			if (message.state_sentence) {
				frm.set_intro(frappe.utils.escape_html(message.state_sentence), "orange");
			}
		});
}
