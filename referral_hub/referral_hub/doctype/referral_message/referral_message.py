from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class ReferralMessage(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use Send Again, or change the words in the Email Template."))

	def on_trash(self):
		kept.refuse_deleting(self, _("It says what somebody was told."))
