"""What one person has come to in one month, quarter or year. Written by the app alone."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class ReferralStanding(Document):
	def validate(self):
		kept.refuse_writing(self, _("It follows the referrals."))

	def on_trash(self):
		kept.refuse_deleting(self, _("It follows the referrals."))
