"""Of the referrers' club: written by the app alone."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class ReferralClubMember(Document):
	def validate(self):
		kept.refuse_writing(self, _("They answer on the portal."))

	def on_trash(self):
		kept.refuse_deleting(self, _("They answer on the portal."))
