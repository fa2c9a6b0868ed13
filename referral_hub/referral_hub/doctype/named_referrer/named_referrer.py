from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class NamedReferrer(Document):
	def validate(self):
		kept.refuse_writing(self, _("Change the employee on the Job Applicant instead."))
