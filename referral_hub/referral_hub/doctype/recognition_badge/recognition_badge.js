// A badge is given by hand to somebody, with a reason they read.

frappe.ui.form.on("Recognition Badge", {
	refresh(frm) {
		if (frm.is_new() || !frm.doc.enabled || !frm.perm[0]?.write) return;
		frm.add_custom_button(__("Give This Badge"), () => give(frm));
	},
});

function give(frm) {
	frappe.prompt(
		[
			{
				fieldname: "employee",
				fieldtype: "Link",
				options: "Employee",
				label: __("Employee"),
				get_query: () => ({ filters: { status: "Active" } }),
				reqd: 1,
			},
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("What for (the employee reads it)"),
				reqd: 1,
			},
		],
		(values) =>
			frappe
				.xcall("referral_hub.api.recognition.desk.give_badge", { badge: frm.doc.name, ...values })
				.then((award) => frappe.set_route("Form", "Recognition Award", award)),
		__("Give This Badge"),
		__("Give"),
	);
}
