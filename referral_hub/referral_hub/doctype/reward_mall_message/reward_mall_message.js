// A message that stopped can go out again; the server checks who may, and whether it still makes sense.

frappe.ui.form.on("Reward Mall Message", {
	refresh(frm) {
		frm.disable_save();
		if (frm.doc.state === "Stopped") {
			frm.add_custom_button(__("Send Again", null, "Reward Mall Message"), () =>
				frappe
					.call({
						method: "referral_hub.api.shop.desk.send_again",
						args: { message: frm.doc.name },
						freeze: true,
					})
					.then(() => frm.reload_doc()),
			).addClass("btn-primary");
		}
	},
});
