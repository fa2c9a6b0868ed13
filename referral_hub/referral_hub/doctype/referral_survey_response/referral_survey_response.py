"""What somebody said of a referral once it was over. Written by the app alone, once; of an anonymous answer nothing says whose it is."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class ReferralSurveyResponse(Document):
	def validate(self):
		kept.refuse_writing(self, _("Whoever is asked answers on their own page."))

	def on_trash(self):
		kept.refuse_deleting(self, _("An answer goes with whoever gave it."))
