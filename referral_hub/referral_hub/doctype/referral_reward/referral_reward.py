"""One promise at one milestone. Written by `rewards.promises` alone; the desk shows it, buttons ask to change it."""

from frappe import _
from frappe.model.document import Document

from referral_hub import flow, kept


class ReferralReward(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use Hold, Release or Void."))

	def on_update(self):
		flow.reward_moved(self)

	def on_trash(self):
		kept.refuse_deleting(self, _("Void it, so that everybody can see why."))
