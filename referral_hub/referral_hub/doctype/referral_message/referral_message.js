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
		.then((reply) => words_dialog(reply.message, frm.doc).show());
}

function words_dialog(words, message) {
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
			{ fieldname: "preview", fieldtype: "HTML" },
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
	dialog.set_secondary_action_label(__("Preview", null, "Referral Message"));
	dialog.set_secondary_action(() => preview(dialog, message));
	dialog.add_custom_action(__("Send to Me"), () => send_to_me(message));
	dialog.set_values({ subject: words.subject, body: words.body });
	return dialog;
}

function of_message(message) {
	return { event: message.event, language: message.language || "en", channel: message.channel };
}

/** Shows the words as they stand in the dialog, with facts that are nobody's. */
async function preview(dialog, message) {
	const { message: shown } = await frappe.call({
		method: "referral_hub.api.channels.desk.preview_words",
		args: {
			...of_message(message),
			subject: dialog.get_value("subject"),
			body: dialog.get_value("body"),
		},
		type: "POST",
	});
	const subject = frappe.utils.escape_html(shown.subject);
	const words = shown.text ? "" : shown.body;
	dialog.fields_dict.preview.$wrapper.html(
		`<div class="border rounded p-3"><b>${subject}</b>${words}</div>`,
	);
}

/** Sends the saved words: to a group it goes as well. */
function send_to_me(message) {
	frappe.confirm(
		__("The saved words go out once with sample facts: to you, or into the group of this channel."),
		async () => {
			const { message: went } = await frappe.call({
				method: "referral_hub.api.channels.desk.send_test",
				args: of_message(message),
				type: "POST",
				freeze: true,
			});
			const words = went.sent ? __("Sent to {0}", [frappe.utils.escape_html(went.to)]) : went.why;
			frappe.msgprint(went.sent ? words : frappe.utils.escape_html(words));
		},
	);
}
