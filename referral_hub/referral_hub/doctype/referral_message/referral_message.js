frappe.ui.form.on("Referral Message", {
	refresh(frm) {
		frm.get_field("event").df.formatter = (value) => referral_hub.messages.name_of(value);
		frm.refresh_field("event");
		if (["Failed", "Skipped"].includes(frm.doc.state)) {
			frm.add_custom_button(__("Send Again"), () => send_again(frm));
		}
		if (frappe.user.has_role(["HR Manager", "System Manager"])) {
			frm.add_custom_button(__("Edit Words"), () => edit_words(frm));
		}
	},
});

function send_again(frm) {
	frappe
		.call({
			method: "referral_hub.api.desk_messages.resend",
			args: { message: frm.doc.name },
			freeze: true,
		})
		.then(() => frm.reload_doc());
}

function edit_words(frm) {
	frappe
		.call("referral_hub.api.desk_messages.message_words", {
			event: frm.doc.event,
			language: frm.doc.language || "en",
			channel: frm.doc.channel,
		})
		.then((reply) => words_dialog(reply.message).show());
}

function words_dialog(words) {
	const dialog = new frappe.ui.Dialog({
		title: words.template,
		size: "large",
		fields: [
			{ fieldname: "subject", fieldtype: "Data", label: __("Subject"), reqd: 1 },
			{
				fieldname: "body",
				fieldtype: "Code",
				options: "HTML",
				label: __("Words", null, "Referral Message"),
				reqd: 1,
				description: __("You can use: {0}", [
					words.facts.map((fact) => `<code>{{ ${fact} }}</code>`).join(", "),
				]),
			},
		],
		primary_action_label: __("Save"),
		primary_action(values) {
			frappe
				.call({
					method: "referral_hub.api.desk_messages.save_message_words",
					args: { template: words.template, ...values },
					freeze: true,
				})
				.then(() => {
					dialog.hide();
					frappe.show_alert({ message: __("Saved"), indicator: "green" });
				});
		},
	});
	dialog.set_values({ subject: words.subject, body: words.body });
	return dialog;
}
