"""A badge or title that people can be given. Awards keep who has it; a badge in use is disabled, not deleted."""

from frappe.model.document import Document

from referral_hub.recognition import policy


class RecognitionBadge(Document):
	def validate(self):
		policy.check_badge(self)

	def on_update(self):
		policy.follow_badge(self)

	def on_trash(self):
		policy.check_deleting_badge(self)
