"""Who ordered what for how many points, and what became of it. Written by the shop alone; buttons ask to change it."""

from frappe import _
from frappe.model.document import Document

from referral_hub import flow, kept
from referral_hub.points.shop import telling


class RewardOrder(Document):
	def onload(self):
		flow.order_shown(self)

	def validate(self):
		kept.refuse_writing(self, _("Use Approve, Cancel or Refund."))

	def on_update(self):
		telling.order_saved(self)

	def on_trash(self):
		kept.refuse_deleting(self, _("Cancel or refund it: the points come back."))
