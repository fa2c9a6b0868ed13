// A prize that its winner gives up is drawn again, with a reason that everybody reads.

frappe.ui.form.on("Prize Draw Winner", {
	refresh(frm) {
		frm.disable_save();
		if (frm.doc.state === "Given Up") return;
		const title = __("Draw Again");
		frm.add_custom_button(title, () =>
			frappe.prompt(
				[
					{
						fieldname: "reason",
						fieldtype: "Small Text",
						label: __("Why (everybody reads it)"),
						reqd: 1,
					},
				],
				({ reason }) =>
					frappe
						.call({
							method: "referral_hub.api.shop.draws.draw_again",
							args: { winner: frm.doc.name, reason },
							freeze: true,
						})
						.then(() => frm.reload_doc()),
				title,
				title,
			),
		);
	},
});
