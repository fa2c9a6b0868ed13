// HR thanks somebody in person: the usual words, to be changed, then sent.
frappe.provide("referral_hub.thanks");

referral_hub.thanks.add = (frm, referral, reward = "") => {
	frm.add_custom_button(__("Say Thank You"), async () => {
		const { message } = await frappe.call({
			method: "referral_hub.api.announcing.thanks.draft",
			type: "GET",
			args: { referral, reward },
		});
		const dialog = new frappe.ui.Dialog({
			title: __("Thank {0}", [frappe.utils.escape_html(message.to)]),
			fields: [
				{
					fieldname: "words",
					fieldtype: "Small Text",
					label: __("Your Words"),
					default: message.words,
					reqd: 1,
				},
			],
			primary_action_label: __("Send", null, "Referral Hub"),
			async primary_action({ words }) {
				dialog.disable_primary_action();
				try {
					const sent = await frappe.xcall("referral_hub.api.announcing.thanks.send", {
						referral,
						reward,
						words,
					});
					dialog.hide();
					frappe.show_alert({
						message: sent ? __("Your thanks are on their way.") : __("The same was sent before."),
						indicator: sent ? "green" : "orange",
					});
					frm.reload_doc();
				} finally {
					dialog.enable_primary_action();
				}
			},
		});
		dialog.show();
	});
};
