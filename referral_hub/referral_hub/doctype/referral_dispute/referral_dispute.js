frappe.ui.form.on("Referral Dispute", {
	refresh(frm) {
		frm.disable_save();
		if (frm.doc.state === "Open") {
			frm.add_custom_button(__("Answer"), () => answer(frm)).addClass("btn-primary");
			frm.add_custom_button(__("Hand Over"), () => hand_over(frm));
		} else if (frm.doc.state === "Answered") {
			frm.add_custom_button(__("Close"), () => ask(frm, "close"));
		}
		if (frm.doc.referral) {
			frm.add_custom_button(__("Open Referral"), () =>
				frappe.set_route("Form", "Referral", frm.doc.referral),
			);
		} else {
			frm.add_custom_button(__("Referral That Stands"), () => show_standing(frm));
		}
		say_when_due(frm);
	},
});

function say_when_due(frm) {
	if (frm.doc.state !== "Open" || !frm.doc.due_on) {
		return;
	}
	const late = frm.doc.due_on < frappe.datetime.get_today();
	const day = referral_hub.words.day(frm.doc.due_on);
	const words = late ? __("An answer was due on {0}.", [day]) : __("Please answer by {0}.", [day]);
	frm.dashboard.set_headline_alert(words, late ? "red" : "blue");
}

function answer(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Answer {0}", [frappe.utils.escape_html(frm.doc.employee_name || "")]),
		fields: [
			{
				fieldname: "answer",
				fieldtype: "Small Text",
				label: __("Answer for the Employee"),
				description: __("The employee reads this as you write it."),
				reqd: 1,
			},
			{
				fieldname: "resolution",
				fieldtype: "Select",
				label: __("Resolution", null, "Referral Dispute"),
				options: ["Explained", "Corrected", "Credit moved", "Nothing to change"].map((value) => ({
					value,
					label: __(value, null, "Referral Dispute"),
				})),
				default: "Explained",
				reqd: 1,
			},
			{
				fieldname: "credit_to",
				fieldtype: "Link",
				options: "Employee",
				label: __("Who Is Credited Now"),
				depends_on: "eval:doc.resolution === 'Credit moved'",
				mandatory_depends_on: "eval:doc.resolution === 'Credit moved'",
			},
		],
		primary_action_label: __("Send Answer"),
		primary_action(values) {
			dialog.hide();
			ask(frm, "give_answer", values);
		},
	});
	dialog.show();
}

function hand_over(frm) {
	const field = {
		fieldname: "user",
		fieldtype: "Link",
		options: "User",
		label: __("Assigned To", null, "Referral Dispute"),
		description: __("Somebody with the role HR User or HR Manager."),
		get_query: () => ({
			query: "referral_hub.api.desk_search.who_may_answer",
			filters: { question: frm.doc.name },
		}),
		reqd: 1,
	};
	frappe.prompt([field], (values) => ask(frm, "hand_to", values), __("Hand Over"), __("Hand Over"));
}

function ask(frm, method, args = {}) {
	return frm.call({ doc: frm.doc, method, args, freeze: true }).then(() => frm.reload_doc());
}

function show_standing(frm) {
	frm.call({ doc: frm.doc, method: "standing" }).then(({ message }) => {
		if (message) {
			frappe.set_route("Form", "Referral", message);
		} else {
			frappe.msgprint(__("There is no referral of this person that you can open."));
		}
	});
}
