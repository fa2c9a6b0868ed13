"""Applications of before that followed the pool say so themselves, as far as the pool still names them.

Made after their person was kept: HR called them back, or only the hire was seen. Matched on the moment they were made, and after what brought their person to the pool: they applied again, and were not only opened again.
The field that says so is new: a migrate makes fields on other apps' DocTypes only after its patches.
"""

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from referral_hub.setup.custom_fields import CUSTOM_FIELDS

APPLICANT = "Job Applicant"


def execute() -> None:
	create_custom_fields({APPLICANT: CUSTOM_FIELDS[APPLICANT]}, ignore_validate=True)
	frappe.db.sql(
		"""update `tabJob Applicant` applicant join `tabTalent Pool Record` kept on kept.job_applicant = applicant.name
		set applicant.referral_hub_called_back = 1
		where applicant.creation > kept.captured_on
			or (applicant.creation = kept.matched_on and date(applicant.creation) > kept.happened_on)"""
	)
