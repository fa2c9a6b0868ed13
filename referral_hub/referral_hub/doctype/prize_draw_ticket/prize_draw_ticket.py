"""Who has how many tickets of a draw, under which code. Written when the draw is closed."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class PrizeDrawTicket(Document):
	def validate(self):
		kept.refuse_writing(self, _("Tickets are counted when a draw is closed."))

	def on_trash(self):
		kept.refuse_deleting(self, _("It proves who took part."))
