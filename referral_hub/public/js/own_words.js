// Words of our own where Frappe's forms and lists look options up without saying whose they are, and data not at all.
frappe.provide("referral_hub.words");

/** `contexts`: under which context the values of a field are translated, or what says them, by field, where it is not the DocType's own. */
referral_hub.words.say = (frm, contexts) => {
	Object.entries(contexts).forEach(([fieldname, context]) => {
		frm.get_field(fieldname).df.formatter =
			typeof context === "function" ? context : referral_hub.words.under(context);
		frm.refresh_field(fieldname);
	});
};

referral_hub.words.under = (context) => (value) =>
	value ? frappe.utils.escape_html(__(value, null, context)) : "";

/** Words of somebody, or a state of a record that was kept as such. */
referral_hub.words.why = (value) =>
	referral_hub.words.under("Talent Pool Record")(value).replace(/\n/g, "<br>");

/** A day within a sentence: as it is written in Chinese, else as the user has it. */
referral_hub.words.day = (day) =>
	frappe.boot.lang.startsWith("zh")
		? moment(day).format("YYYY年M月D日")
		: frappe.datetime.str_to_user(String(day).slice(0, 10));

/** Below a code stands the name it has; `links`: the DocType each field links to. Of a new one with the next saving. */
referral_hub.words.name = (frm, links) => {
	Object.entries(links).forEach(([fieldname, doctype]) => {
		const title = frappe.utils.get_link_title(doctype, frm.doc[fieldname]);
		frm.set_df_property(fieldname, "description", frappe.utils.escape_html(title || ""));
	});
};

/** What is chosen from options of ours, shown in a form, a table within it or a list, is said under our own name. */
(() => {
	const is_ours = (doctype) => frappe.get_meta(doctype)?.module === "Referral Hub";
	Object.keys(frappe.meta.docfield_map)
		.filter(is_ours)
		.forEach((doctype) =>
			Object.values(frappe.meta.docfield_map[doctype])
				.filter((df) => df.fieldtype === "Select" && !df.formatter)
				.forEach((df) => (df.formatter = referral_hub.words.under(doctype))),
		);
})();
