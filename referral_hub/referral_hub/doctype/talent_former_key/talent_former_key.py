from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class TalentFormerKey(Document):
	def validate(self):
		kept.refuse_writing(self, _("It follows from the person it belongs to."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Use Delete Personal Data."))
