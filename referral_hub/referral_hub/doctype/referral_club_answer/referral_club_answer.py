"""Of the referrers' club: written by the app alone."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class ReferralClubAnswer(Document):
	def validate(self):
		kept.refuse_writing(self, _("Members answer on the portal."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Members answer on the portal."))
