// Decisions about a reward. The server checks roles, states and reasons; the form only asks.

const NOT_PAID = ["Earned", "Due", "On Hold"];
const TAKEN_BACK = ["Void", "Clawed Back", "Owed"];
const HR_ROLES = ["HR User", "HR Manager", "System Manager"];

frappe.ui.form.on("Referral Reward", {
	refresh(frm) {
		frm.disable_save();
		show_why(frm);
		if (HR_ROLES.some((role) => frappe.user.has_role(role))) {
			add_decisions(frm);
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
		add_decision(frm, __("Void"), "void_reward", __("Why is this reward voided?"));
	}
}

function add_decision(frm, label, method, title) {
	frm.add_custom_button(label, () => {
		const question = { fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 };
		frappe.prompt(question, ({ reason }) => decide(frm, method, reason), title, label);
	});
}

function decide(frm, method, reason) {
	return frappe
		.call({
			method: `referral_hub.api.desk.${method}`,
			args: { reward: frm.doc.name, reason },
			freeze: true,
		})
		.then(() => frm.reload_doc());
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
