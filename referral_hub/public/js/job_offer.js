// HR sends a candidate the path of the designation they are offered, and agrees with them on the goals of the first months.

frappe.ui.form.on("Job Offer", {
	refresh(frm) {
		const is_hr = frappe.user.has_role(["HR User", "HR Manager", "System Manager"]);
		if (!frm.is_new() && frm.doc.docstatus < 2 && is_hr) {
			frm.add_custom_button(__("Link to the Performance Path"), () => make_path_link(frm));
			frm.add_custom_button(__("Goals Before Joining"), () => open_goals(frm));
		}
	},
});

async function make_path_link(frm) {
	const { message } = await frappe.call({
		method: "referral_hub.api.paths.desk.make_link",
		args: { offer: frm.doc.name },
		freeze: true,
	});
	frappe.utils.copy_to_clipboard(message);
	frappe.msgprint({
		title: __("Link to the Performance Path"),
		message: `<p>${__("Copied. Send it to the candidate as you like:")}</p><code>${frappe.utils.escape_html(
			message,
		)}</code>`,
	});
}

async function open_goals(frm) {
	const { message: plans } = await frappe.call({
		method: "frappe.client.get_list",
		type: "GET",
		args: {
			doctype: "Onboarding Goal Plan",
			filters: { job_applicant: frm.doc.job_applicant, state: ["!=", "Cancelled"] },
			fields: ["name", "state"],
			order_by: "creation desc",
		},
		freeze: true,
	});
	const plan = plans.find((each) => each.state !== "Over");
	if (!plan && plans.length) {
		ask_which(frm, plans[0].name);
	} else {
		show_goals(plan?.name || (await make_goals(frm)));
	}
}

// who is hired again may begin anew, and what was agreed then stays to be read
function ask_which(frm, over) {
	const words = __("The goals that {0} agreed to before are over.", [
		frappe.utils.escape_html(frm.doc.applicant_name),
	]);
	const dialog = new frappe.ui.Dialog({
		title: __("Goals Before Joining"),
		fields: [{ fieldname: "words", fieldtype: "HTML", options: `<p>${words}</p>` }],
		primary_action_label: __("Begin New Goals"),
		primary_action: async () => {
			dialog.hide();
			show_goals(await make_goals(frm));
		},
		secondary_action_label: __("Open the Goals of Then"),
		secondary_action: () => {
			dialog.hide();
			show_goals(over);
		},
	});
	dialog.show();
}

function show_goals(plan) {
	if (plan) {
		frappe.set_route("Form", "Onboarding Goal Plan", plan);
	}
}

async function make_goals(frm) {
	const { message } = await frappe.call({
		method: "referral_hub.api.paths.goals.make",
		args: { offer: frm.doc.name },
		freeze: true,
	});
	return message;
}
