"""A draw of prizes. HR writes it while it is a draft; from the announcement on it moves by its buttons alone."""

from frappe.model.document import Document

from referral_hub.points.draw import drawing


class PrizeDraw(Document):
	def validate(self):
		drawing.check(self)

	def on_trash(self):
		drawing.check_deleting(self)
