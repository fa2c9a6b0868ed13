const API = "referral_hub.api.talent.requests";

frappe.ui.form.on("Recall Request", {
	refresh(frm) {
		referral_hub.words.say(frm, {
			state: "Recall Request",
			answer: "Recall Request",
			outcome: "Recall Request",
			purpose: "Recall Request",
		});
		frm.disable_save();
		frm.add_custom_button(__("Open the Person"), () =>
			frappe.set_route("Form", "Talent Pool Record", frm.doc.record),
		);
		if (frm.doc.state === "Open") {
			frm.add_custom_button(__("Give More Time"), () => give_more_time(frm));
			frm.add_custom_button(__("Withdraw", null, "Recall Request"), () => withdraw(frm));
		}
	},
});

function give_more_time(frm) {
	const fields = [
		{
			fieldname: "due_on",
			fieldtype: "Date",
			reqd: 1,
			label: __("Answer By", null, "Recall Request"),
			default: frappe.datetime.add_days(frappe.datetime.get_today(), 7),
		},
	];
	frappe.prompt(fields, (values) => change(frm, "give_more_time", values), __("Give More Time"));
}

function withdraw(frm) {
	const fields = [
		{
			fieldname: "why",
			fieldtype: "Small Text",
			label: __("Why It Was Closed", null, "Recall Request"),
			description: __("For HR. The colleague is told that nobody needs to write any more."),
		},
	];
	frappe.prompt(
		fields,
		(values) => change(frm, "withdraw", values),
		__("Withdraw", null, "Recall Request"),
	);
}

function change(frm, method, values) {
	return frappe
		.call({ method: `${API}.${method}`, args: { request: frm.doc.name, ...values }, freeze: true })
		.then(() => frm.reload_doc());
}
