"""Applications of before that followed the pool say so themselves, as far as the pool still names them.

Made after their person was kept: HR called them back, or only the hire was seen. Matched on the moment they were made: they applied again.
"""

import frappe


def execute() -> None:
	frappe.db.sql(
		"""update `tabJob Applicant` applicant join `tabTalent Pool Record` kept on kept.job_applicant = applicant.name
		set applicant.referral_hub_called_back = 1
		where applicant.creation > kept.captured_on or applicant.creation = kept.matched_on"""
	)
