"""That somebody was asked about a referral, so that they are asked once and answer once. Written by the app alone, read by nobody."""

from frappe.model.document import Document

from referral_hub import kept


class ReferralSurveyInvitation(Document):
	def validate(self):
		kept.refuse_writing(self, "")

	def on_trash(self):
		kept.refuse_deleting(self, "")
