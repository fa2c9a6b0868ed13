"""Who won what in a draw. Written by the draw; a prize that was given up is drawn again by a button."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class PrizeDrawWinner(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use Draw Again."))

	def on_trash(self):
		kept.refuse_deleting(self, _("It is part of the proof."))
