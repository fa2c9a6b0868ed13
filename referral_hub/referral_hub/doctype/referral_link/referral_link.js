frappe.ui.form.on("Referral Link", {
	refresh(frm) {
		referral_hub.words.name(frm, { job_opening: "Job Opening" });
		if (frm.is_new()) return;
		frm.page.set_title(title_of(frm.doc));
		const address = `${frappe.urllib.get_base_url()}/r/${frm.doc.code}`;
		frm.add_custom_button(__("Open the Page"), () => window.open(address, "_blank"));
		frm.add_custom_button(__("Copy the Address"), () => frappe.utils.copy_to_clipboard(address));
		const file = (method, values) =>
			window.open(
				frappe.urllib.get_full_url(
					`/api/method/referral_hub.api.sharing.${method}?` +
						new URLSearchParams({ link: frm.doc.name, download: 1, ...values }),
				),
			);
		const files = [
			[__("QR Code (PNG)"), "qr", { file_type: "png" }],
			[__("QR Code (SVG)"), "qr", { file_type: "svg" }],
			[__("Poster to Print (PNG)"), "poster", { size: "a4", file_type: "png" }],
			[__("Poster to Print (SVG)"), "poster", { size: "a4", file_type: "svg" }],
			[__("Poster for a Phone (PNG)"), "poster", { size: "phone", file_type: "png" }],
		];
		for (const [label, method, values] of files)
			frm.add_custom_button(label, () => file(method, values), __("Download"));
	},
});

/** A link is known by where it is for, then by its code. */
function title_of(doc) {
	const opening = frappe.utils.get_link_title("Job Opening", doc.job_opening);
	return `${doc.event_name || opening || doc.company} · ${doc.code}`;
}
