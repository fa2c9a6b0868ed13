// Words of our own where Frappe's form looks options up without saying whose they are, and data not at all.
frappe.provide("referral_hub.words");

/** `contexts`: under which context the values of a field are translated, by field. */
referral_hub.words.say = (frm, contexts) => {
	Object.entries(contexts).forEach(([fieldname, context]) => {
		frm.get_field(fieldname).df.formatter = (value) =>
			value ? frappe.utils.escape_html(__(value, null, context)) : "";
		frm.refresh_field(fieldname);
	});
};
