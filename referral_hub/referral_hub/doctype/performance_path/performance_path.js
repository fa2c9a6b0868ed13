// The picture is drawn by the server from what is saved; files are read and written there too.

frappe.ui.form.on("Performance Path", {
	onload_post_render(frm) {
		// empty means every company: what Frappe fills in from the user's defaults is taken out again
		if (frm.is_new() && !frappe.route_options?.company) {
			frm.set_value("company", "");
		}
	},
	refresh(frm) {
		if (frm.is_new()) {
			frm.get_field("diagram").$wrapper.text(__("The picture appears when the path is saved."));
			return;
		}
		show_picture(frm);
		for (const kind of ["csv", "json"]) {
			frm.add_custom_button(
				kind.toUpperCase(),
				() => download(frm, kind),
				__("Export", null, "Performance Path"),
			);
		}
		if (frm.perm[0]?.write) {
			frm.add_custom_button(__("Import a Path"), () => choose_file(frm));
		}
	},
});

function show_picture(frm) {
	frappe
		.call({ method: "referral_hub.api.paths.desk.picture", type: "GET", args: { path: frm.doc.name } })
		.then(({ message }) => {
			const $place = frm.get_field("diagram").$wrapper.empty();
			$("<div>").css("overflow-x", "auto").html(message).appendTo($place);
		});
}

function download(frm, kind) {
	frappe
		.call({
			method: "referral_hub.api.paths.desk.export_path",
			type: "GET",
			args: { path: frm.doc.name, kind },
		})
		.then(({ message }) => {
			const link = document.createElement("a");
			link.href = URL.createObjectURL(
				// a spreadsheet takes a table without this mark for one in its own encoding
				new Blob([kind === "csv" ? "\ufeff" : "", message.content], {
					type: "text/plain;charset=utf-8",
				}),
			);
			link.download = message.file_name;
			link.click();
			URL.revokeObjectURL(link.href);
		});
}

// Spreadsheets in China save a table in GBK, some as UTF-16; the server refuses what has lost letters.
async function text_of(file) {
	const bytes = new Uint8Array(await file.arrayBuffer());
	if (bytes[0] === 0xff && bytes[1] === 0xfe) {
		return new TextDecoder("utf-16le").decode(bytes);
	}
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder("gb18030").decode(bytes);
	}
}

function choose_file(frm) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Please save the path first: the file takes the place of its levels."));
		return;
	}
	const input = $('<input type="file" accept=".csv,.json">');
	input.on("change", async () => {
		const file = input[0].files[0];
		if (!file) {
			return;
		}
		await frappe.call({
			method: "referral_hub.api.paths.desk.import_path",
			args: {
				path: frm.doc.name,
				content: await text_of(file),
				kind: file.name.toLowerCase().endsWith(".json") ? "json" : "csv",
			},
			freeze: true,
		});
		frm.reload_doc();
	});
	input.trigger("click");
}
