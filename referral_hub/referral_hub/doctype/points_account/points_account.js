// HR moves what a wallet holds to the company its owner works for now. The server says whether, and where to.

frappe.ui.form.on("Points Account", {
	refresh(frm) {
		const to = frm.doc.__onload?.moves_to;
		if (to && frm.doc.balance > 0) {
			const title = frappe.utils.escape_html(__("Move Points to {0}", [to.company]));
			frm.add_custom_button(title, () => move(frm, to, title));
		}
	},
});

function move(frm, to, title) {
	const words = [
		__("All that can still be spent moves to {0}; each amount keeps its last day.", [to.company]),
	];
	if (!to.has_shop) {
		words.push(__("Nothing is offered in the shop to the people of {0} yet.", [to.company]));
	}
	const fields = [
		{
			fieldname: "what",
			fieldtype: "HTML",
			options: `<p>${words.map(frappe.utils.escape_html).join(" ")}</p>`,
		},
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Why (the employee reads it)"), reqd: 1 },
	];
	frappe.prompt(fields, ({ reason }) => call(frm, reason), title, __("Move Points"));
}

function call(frm, reason) {
	return frappe
		.call({
			method: "referral_hub.api.shop.wallets.move_points",
			args: { wallets: frm.doc.name, reason },
			freeze: true,
		})
		.then(() => frm.reload_doc());
}
