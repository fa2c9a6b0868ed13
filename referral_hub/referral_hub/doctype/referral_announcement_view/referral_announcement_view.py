"""That somebody opened an announcement, or put its banner away. Written by the app alone; no role reads who."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class ReferralAnnouncementView(Document):
	def validate(self):
		kept.refuse_writing(self, _("It is counted as people read."))

	def on_trash(self):
		kept.refuse_deleting(self, _("It is counted as people read."))
