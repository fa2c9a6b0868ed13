from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class ForgottenPerson(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use Delete Personal Data."))

	def on_trash(self):
		kept.refuse_deleting(self, "")
