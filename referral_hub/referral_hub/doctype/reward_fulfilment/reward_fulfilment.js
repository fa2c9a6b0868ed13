// Handed over, or handed on to a colleague. The server checks who may, and that there is a proof.

frappe.ui.form.on("Reward Fulfilment", {
	refresh(frm) {
		frm.disable_save();
		referral_hub.words.say(frm, { state: "Reward Fulfilment", kind: "Reward Kind" });
		if (frm.doc.state === "Open") {
			frm.add_custom_button(__("Handed Over", null, "Reward Fulfilment"), () =>
				ask_for_proof(frm),
			).addClass("btn-primary");
			frm.add_custom_button(__("Hand On"), () => ask_for_colleague(frm));
		}
	},
});

function ask_for_proof(frm) {
	const fields = [
		{ fieldname: "note", fieldtype: "Small Text", label: __("Proof in Words") },
		{ fieldname: "proof", fieldtype: "Attach", label: __("Proof") },
		{
			fieldname: "for_employee",
			fieldtype: "Small Text",
			label: __("What the Employee Reads"),
			description: __("A code, a place, a date. Shown on the referral's page."),
		},
	];
	const title = __("Handed Over", null, "Reward Fulfilment");
	frappe.prompt(fields, (values) => call(frm, "finish_fulfilment", values), title, title);
}

function ask_for_colleague(frm) {
	const { responsible, due_on } = frm.doc;
	const fields = [
		{
			fieldname: "responsible",
			fieldtype: "Link",
			options: "User",
			label: __("Who Hands It Over"),
			default: responsible,
		},
		{ fieldname: "due_on", fieldtype: "Date", label: __("Due On"), default: due_on },
	];
	frappe.prompt(fields, (values) => call(frm, "hand_on_fulfilment", values), __("Hand On"), __("Hand On"));
}

function call(frm, method, values) {
	return frappe
		.call({
			method: `referral_hub.api.desk_fulfilment.${method}`,
			args: { fulfilment: frm.doc.name, ...values },
			freeze: true,
		})
		.then(() => frm.reload_doc());
}
