"""What a company set aside for open points at the end of a month. Written by `points.finance.provision` alone."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class PointsProvision(Document):
	def validate(self):
		kept.refuse_writing(self, _("Say in Referral Hub Settings what is booked, and where."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Cancel its Journal Entries instead."))
