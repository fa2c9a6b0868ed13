// The catalogue of a mall comes by file: read here, sent as text.

frappe.ui.form.on("Reward Mall", {
	refresh(frm) {
		if (!frm.is_new()) {
			frm.add_custom_button(__("Import Catalogue"), () => ask_for_file(frm));
		}
	},
});

function ask_for_file(frm) {
	const input = document.createElement("input");
	input.type = "file";
	input.accept = ".csv,.json,text/csv,application/json";
	input.addEventListener("change", async () => {
		const text = await input.files[0].text();
		frappe.prompt(
			[
				{
					fieldname: "is_whole",
					fieldtype: "Check",
					label: __("It is the whole catalogue: what is not in it can no longer be ordered"),
				},
			],
			(values) => import_catalogue(frm, text, values.is_whole),
			__("Import Catalogue"),
			__("Import Catalogue"),
		);
	});
	input.click();
}

async function import_catalogue(frm, text, is_whole) {
	const { message } = await frappe.call({
		method: "referral_hub.api.shop.desk.import_catalogue",
		args: { mall: frm.doc.name, text, is_whole: is_whole || 0 },
		freeze: true,
	});
	frappe.msgprint(
		__("Items: {0} added, {1} changed, {2} as they were, {3} can no longer be ordered.", [
			message.added,
			message.changed,
			message.same,
			message.closed,
		]),
		__("Import Catalogue"),
	);
}
