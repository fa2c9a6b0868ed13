"""One code of a pool. Written by the shop alone: taken in from a file, given to one order, shown to its buyer."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class RewardItemCode(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use Add Codes on the item."))

	def on_trash(self):
		kept.refuse_deleting(self, "")
