const opening_titles = {};

frappe.listview_settings["Opening Profile"] = {
	hide_name_column: true,
	formatters: {
		job_opening: (code) => opening_titles[code] || code,
	},
	/** The list has codes alone: what they are called is asked for once, then the rows are written again. */
	async refresh(list) {
		const codes = list.data.map((doc) => doc.job_opening).filter((code) => !(code in opening_titles));
		if (!codes.length) return;
		const found = await frappe.db.get_list("Job Opening", {
			fields: ["name", "job_title"],
			filters: { name: ["in", codes] },
			limit: codes.length,
		});
		for (const code of codes) opening_titles[code] = code;
		for (const { name, job_title } of found) opening_titles[name] = job_title;
		list.render_list();
	},
};
