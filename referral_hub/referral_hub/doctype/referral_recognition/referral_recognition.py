"""One person's score and level, as their referrals make it. Written by the app alone."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class ReferralRecognition(Document):
	def validate(self):
		kept.refuse_writing(
			self,
			_("It follows the referrals; levels and weights are set in Referral Level and the settings."),
		)

	def on_trash(self):
		kept.refuse_deleting(self, _("It follows the referrals."))
