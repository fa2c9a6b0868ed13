// Puts the activity "Learn to Refer" into HRMS's onboarding templates, where it is not yet.
frappe.provide("referral_hub.learning");

referral_hub.learning.add = (frm) => {
	const api = "referral_hub.api.announcing.learning";
	frm.add_custom_button(__("Onboarding: Learn to Refer"), async () => {
		const { message: templates } = await frappe.call({ method: `${api}.templates`, type: "GET" });
		if (!templates.length) {
			frappe.msgprint(__("There is no Employee Onboarding Template yet. Make one in HRMS first."));
			return;
		}
		const waiting = templates.filter(({ has_it }) => !has_it);
		if (!waiting.length) {
			frappe.msgprint(__("Every onboarding template has it already."));
			return;
		}
		frappe.prompt(
			[
				{
					fieldname: "names",
					fieldtype: "MultiCheck",
					label: __("Into Which Onboarding Templates"),
					options: waiting.map(({ name, title }) => ({ label: title || name, value: name })),
					columns: 1,
				},
				{
					fieldname: "day",
					fieldtype: "Int",
					label: __("Days after the Onboarding Begins"),
					default: 7,
					reqd: 1,
				},
			],
			async ({ names, day }) => {
				const added = await frappe.xcall(`${api}.put_into_templates`, {
					names: JSON.stringify(names || []),
					day,
				});
				frappe.show_alert({
					message:
						added === 1
							? __("Added to {0} template.", [added])
							: __("Added to {0} templates.", [added]),
					indicator: "green",
				});
			},
			__("Learn to Refer"),
			__("Add", null, "Referral Hub"),
		);
	});
};
