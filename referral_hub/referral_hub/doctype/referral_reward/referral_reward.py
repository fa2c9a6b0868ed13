"""One promise at one milestone. Written by `rewards.promises` alone; the desk shows it, buttons ask to change it."""

from frappe.model.document import Document

from referral_hub.rewards import promises


class ReferralReward(Document):
	def validate(self):
		promises.refuse_writing_by_others(self)

	def on_trash(self):
		promises.refuse_deleting(self)
