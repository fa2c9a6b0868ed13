// Announce, close, draw, cancel: each step once, checked by the server.

frappe.ui.form.on("Prize Draw", {
	refresh(frm) {
		const { state } = frm.doc;
		if (frm.is_new()) return;
		if (state !== "Draft") frm.disable_save();
		if (state === "Draft" && !frm.is_dirty()) {
			step(
				frm,
				__("Announce", null, "Prize Draw"),
				__("From now on the draw can't be changed. Announce it?"),
				"announce",
			);
		}
		if (state === "Announced") {
			step(frm, __("Close", null, "Prize Draw"), __("Count the tickets and publish them?"), "close");
		}
		if (state === "Closed") {
			frm.add_custom_button(__("Draw", null, "Prize Draw"), () => draw(frm)).addClass("btn-primary");
		}
		if (["Announced", "Closed"].includes(state)) {
			frm.add_custom_button(__("Cancel the Draw"), () =>
				ask(frm, __("Cancel the Draw"), "cancel", "reason", __("Why (everybody reads it)")),
			);
		}
	},
});

function step(frm, label, question, method) {
	frm.add_custom_button(label, () => frappe.confirm(question, () => call(frm, method))).addClass(
		"btn-primary",
	);
}

function draw(frm) {
	if (frm.doc.outside_source) {
		ask(frm, __("Draw", null, "Prize Draw"), "draw_prizes", "outside", frm.doc.outside_source);
	} else {
		frappe.confirm(__("Draw now? The seed and the winners are published."), () =>
			call(frm, "draw_prizes"),
		);
	}
}

function ask(frm, title, method, fieldname, label) {
	frappe.prompt(
		[{ fieldname, fieldtype: "Small Text", label: frappe.utils.escape_html(label), reqd: 1 }],
		(values) => call(frm, method, values),
		title,
		title,
	);
}

function call(frm, method, values = {}) {
	return frappe
		.call({
			method: `referral_hub.api.shop.draws.${method}`,
			args: { draw: frm.doc.name, ...values },
			freeze: true,
		})
		.then(() => frm.reload_doc());
}
