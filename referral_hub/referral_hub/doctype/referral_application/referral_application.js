// An application is known by who applied, not by the address HRMS names them by.
frappe.ui.form.on("Referral Application", {
	refresh(frm) {
		const person = frappe.utils.get_link_title("Job Applicant", frm.doc.job_applicant);
		if (person) frm.page.set_title(person);
	},
});
