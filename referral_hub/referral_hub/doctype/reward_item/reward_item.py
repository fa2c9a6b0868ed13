"""Something that can be had for points. HR writes it; how many were ordered is counted by the shop alone."""

from frappe.model.document import Document

from referral_hub.points.shop import items


class RewardItem(Document):
	def validate(self):
		items.check(self)

	def on_trash(self):
		items.check_deleting(self)
