const COLOURS = { Broken: "red", "Look at This": "orange", Sound: "green", "Not Used": "gray" };

frappe.query_reports["Referral Hub Health"] = {
	filters: [],
	formatter(value, row, column, data, format) {
		const shown = format(value, row, column, data);
		if (!data) return shown;
		if (column.fieldname === "state")
			return `<span class="indicator-pill ${COLOURS[data.code]}">${shown}</span>`;
		if (column.fieldname === "link" && value)
			return `<a href="${frappe.utils.escape_html(value)}">${__("Open", null, "Referral Hub Health")}</a>`;
		return shown;
	},
};
