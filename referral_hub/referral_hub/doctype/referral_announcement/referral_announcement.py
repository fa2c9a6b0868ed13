"""What HR announces. Its words may be put right while it is out; for whom and by which ways is fixed from then on."""

from frappe.model.document import Document

from referral_hub.announcing import posts


class ReferralAnnouncement(Document):
	def validate(self):
		posts.check(self)

	def on_update(self):
		posts.follow_words(self)

	def on_trash(self):
		posts.check_deleting(self)
