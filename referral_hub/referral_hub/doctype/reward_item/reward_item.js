// Codes of a pool come by file: read here, sent as text, never shown again in the desk.

frappe.ui.form.on("Reward Item", {
	setup(frm) {
		// a department of another company would let nobody in
		frm.set_query("departments", () => {
			const companies = (frm.doc.companies || []).map((row) => row.company).filter(Boolean);
			return companies.length ? { filters: { company: ["in", companies] } } : {};
		});
	},
	refresh(frm) {
		if (frm.doc.kind === "Code" && !frm.is_new()) {
			frm.add_custom_button(__("Add Codes"), () => ask_for_file(frm));
		}
	},
});

function ask_for_file(frm) {
	const input = document.createElement("input");
	input.type = "file";
	input.accept = ".csv,.txt,text/csv,text/plain";
	input.addEventListener("change", async () => {
		const codes = await input.files[0].text();
		const { message } = await frappe.call({
			method: "referral_hub.api.shop.desk.add_codes",
			args: { item: frm.doc.name, codes },
			freeze: true,
		});
		frappe.msgprint(
			message.added === 1
				? __("{0} code added, {1} were there already.", [message.added, message.known])
				: __("{0} codes added, {1} were there already.", [message.added, message.known]),
			__("Add Codes"),
		);
	});
	input.click();
}
