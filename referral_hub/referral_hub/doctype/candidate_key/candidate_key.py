from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class CandidateKey(Document):
	def validate(self):
		kept.refuse_writing(self, _("It follows from the referral it belongs to."))

	def on_trash(self):
		kept.refuse_deleting(self, _("It follows from the referral it belongs to."))
