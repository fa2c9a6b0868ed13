"""Something a person hands over to an employee. Written by `fulfilment.service` alone; buttons ask to change it."""

from frappe import _
from frappe.model.document import Document

from referral_hub import flow, kept


class RewardFulfilment(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use Handed Over or Hand On."))

	def on_update(self):
		flow.fulfilment_moved(self)

	def on_trash(self):
		kept.refuse_deleting(self, _("Void the reward: its task is cancelled with it."))
