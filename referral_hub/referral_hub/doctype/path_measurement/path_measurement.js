// Which levels and requirements there are to measure by hand, as the chosen path says.

frappe.ui.form.on("Path Measurement", {
	refresh: offer_choices,
	path: offer_choices,
	level: offer_choices,
});

async function offer_choices(frm) {
	if (!frm.doc.path) {
		return;
	}
	const path = await frappe.db.get_doc("Performance Path", frm.doc.path);
	const by_hand = path.requirements.filter((row) => row.source === "By Hand");
	const levels = path.levels.filter((row) => by_hand.some((one) => one.level === row.code));
	frm.set_df_property(
		"level",
		"options",
		levels.map((row) => ({ value: row.code, label: row.title || row.designation })),
	);
	frm.set_df_property(
		"requirement",
		"options",
		by_hand.filter((row) => row.level === frm.doc.level).map((row) => row.requirement),
	);
}
