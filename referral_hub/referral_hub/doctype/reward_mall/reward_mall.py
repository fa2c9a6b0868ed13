"""A mall outside whose things can be had for points. HR writes it."""

from frappe.model.document import Document

from referral_hub.points.shop import malls


class RewardMall(Document):
	def validate(self):
		malls.check(self)

	def on_trash(self):
		malls.check_deleting(self)
