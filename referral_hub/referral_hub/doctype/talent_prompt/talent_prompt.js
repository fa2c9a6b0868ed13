const API = "referral_hub.api.talent.calls";

frappe.ui.form.on("Talent Prompt", {
	refresh(frm) {
		referral_hub.words.say(frm, {
			state: "Talent Prompt",
			purpose: "Talent Prompt",
			closed_because: referral_hub.words.why,
		});
		frm.disable_save();
		if (!["Open", "Snoozed"].includes(frm.doc.state)) {
			return;
		}
		frm.add_custom_button(__("Open the Person"), () =>
			frappe.set_route("Form", "Talent Pool Record", frm.doc.record),
		);
		frm.add_custom_button(__("Write", null, "Talent Pool Record"), () => write(frm)).addClass(
			"btn-primary",
		);
		frm.add_custom_button(__("Log a Contact"), () => log(frm));
		frm.add_custom_button(__("Put Off"), () => put_off(frm));
		frm.add_custom_button(__("Leave Out"), () => leave_out(frm));
	},
});

function write(frm) {
	frappe.require(
		["talent_fields", "talent_files", "talent_words"].map((each) => `/assets/referral_hub/js/${each}.js`),
		() => referral_hub.talent.write(frm, frm.doc.record, frm.doc.purpose),
	);
}

/** A contact that is logged answers the prompt. */
function log(frm) {
	frappe.require("/assets/referral_hub/js/talent_contacts.js", () => {
		const person = { doc: { name: frm.doc.record }, reload_doc: () => frm.reload_doc() };
		referral_hub.talent.log(person);
	});
}

function put_off(frm) {
	const fields = [
		{
			fieldname: "until",
			fieldtype: "Date",
			reqd: 1,
			label: __("Put Off Until", null, "Talent Prompt"),
			default: frappe.datetime.add_days(frappe.datetime.get_today(), 7),
		},
	];
	frappe.prompt(fields, (values) => change(frm, "snooze", values), __("Put Off"), __("Save"));
}

function leave_out(frm) {
	const fields = [
		{
			fieldname: "why",
			fieldtype: "Small Text",
			reqd: 1,
			label: __("Why It Was Closed", null, "Talent Prompt"),
		},
	];
	frappe.prompt(fields, (values) => change(frm, "skip", values), __("Leave Out"), __("Save"));
}

function change(frm, method, values) {
	return frappe
		.call({ method: `${API}.${method}`, args: { prompt: frm.doc.name, ...values }, freeze: true })
		.then(() => frm.reload_doc());
}
