// A channel is tried before anybody else reads it, and says what has to be entered in WeCom.

const API = "/api/method/referral_hub.api.channels.";

frappe.ui.form.on("Referral Channel", {
	refresh(frm) {
		show_address(frm, "callback_address", `${API}wecom.callback`);
		show_address(frm, "sign_in_address", `${API}sign_in.begin?to=/referrals`);
		if (!frm.is_new() && frm.doc.enabled) {
			frm.add_custom_button(__("Send a Test"), () => send_test(frm));
		}
	},
});

function show_address(frm, field, path) {
	const address = frappe.utils.escape_html(window.location.origin + path);
	const label = frappe.utils.escape_html(__(frm.fields_dict[field].df.label, null, "Referral Channel"));
	frm.get_field(field).html(
		`<label class="control-label">${label}</label><p class="bold" style="overflow-wrap: anywhere">${address}</p>`,
	);
}

async function send_test(frm) {
	const { message } = await frappe.call({
		method: "referral_hub.api.channels.desk.send_test",
		args: { channel: frm.doc.name },
		type: "POST",
		freeze: true,
	});
	if (message.sent) {
		frappe.show_alert({
			message: __("Sent to {0}", [frappe.utils.escape_html(message.to)]),
			indicator: "green",
		});
	} else {
		frappe.msgprint({
			title: __("Not sent", null, "Referral Channel"),
			message: frappe.utils.escape_html(message.why),
			indicator: "red",
		});
	}
	frm.reload_doc();
}
