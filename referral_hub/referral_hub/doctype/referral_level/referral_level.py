"""A level or title that referrers reach, by score or hires in a period; what it brings. HR edits them."""

from frappe.model.document import Document

from referral_hub.recognition import policy


class ReferralLevel(Document):
	def validate(self):
		policy.check_level(self)

	def on_update(self):
		policy.follow_change()

	def on_trash(self):
		policy.check_deleting_level(self)
		policy.follow_change()
