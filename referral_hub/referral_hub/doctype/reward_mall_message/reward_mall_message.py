"""What a mall is told of one order, and what it answered. Written by the shop alone; Send Again is a button."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class RewardMallMessage(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use Send Again."))

	def on_trash(self):
		kept.refuse_deleting(self, _("It says what the mall knows of the order."))
