// Says on the form who referred this applicant, with a link to the referral.
frappe.ui.form.on("Job Applicant", {
	refresh(frm) {
		if (frm.doc.referral_hub_referral) {
			show_referrer(frm);
		}
	},
});

async function show_referrer(frm) {
	const referral = frm.doc.referral_hub_referral;
	if (!frappe.model.can_read("Referral")) {
		return;
	}
	const { message } = await frappe.db.get_value("Referral", referral, ["referrer_name", "referrer"]);
	if (!message?.referrer || frm.doc.referral_hub_referral !== referral) {
		return;
	}
	const name = frappe.utils.escape_html(message.referrer_name || message.referrer);
	const link = frappe.utils.get_form_link("Referral", referral, true, referral);
	frm.dashboard.clear_headline();
	frm.dashboard.set_headline(__("Referred by {0} ({1})", [name, link]), "blue");
}
