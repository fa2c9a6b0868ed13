"""One piece of what an employee owes, asked back. Written by `rewards.recovery` alone; the desk shows it."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class RewardRecovery(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use the buttons of the Referral Reward."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Cancel its Additional Salary instead."))
