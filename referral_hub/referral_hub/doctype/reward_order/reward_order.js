// Approve, cancel, refund. The server checks who may, and gives stock and points back together.

frappe.ui.form.on("Reward Order", {
	refresh(frm) {
		frm.disable_save();
		referral_hub.words.say(frm, {
			state: "Reward Order",
			taxable_state: "Reward Order",
			kind: "Reward Item",
			delivery_doctype: (doctype) => frappe.utils.escape_html(__(doctype || "")),
		});
		const { state, kind } = frm.doc;
		if (state === "On Hold") {
			frm.add_custom_button(__("Approve", null, "Reward Order"), () =>
				call(frm, "approve_order"),
			).addClass("btn-primary");
		}
		if (["On Hold", "Approved"].includes(state)) {
			frm.add_custom_button(__("Cancel Order"), () => ask(frm, __("Cancel Order"), false));
		}
		if (state === "Delivered") {
			frm.add_custom_button(__("Refund", null, "Reward Order"), () =>
				ask(frm, __("Refund", null, "Reward Order"), kind === "Goods"),
			);
		}
		if (state === "Delivered" && kind === "Code") {
			frm.add_custom_button(__("Let the Code Be Shown Again"), () =>
				call(frm, "let_code_be_shown_again"),
			);
		}
	},
});

function ask(frm, title, mayBeBack) {
	const fields = [
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Why (the buyer reads it)"), reqd: 1 },
	];
	if (mayBeBack) {
		fields.push({ fieldname: "is_back", fieldtype: "Check", label: __("The item is back in stock") });
	}
	frappe.prompt(
		fields,
		(values) => call(frm, "end_order", mayBeBack ? values : { is_back: 1, ...values }),
		title,
		title,
	);
}

function call(frm, method, values = {}) {
	return frappe
		.call({
			method: `referral_hub.api.shop.desk.${method}`,
			args: { order: frm.doc.name, ...values },
			freeze: true,
		})
		.then(() => frm.reload_doc());
}
