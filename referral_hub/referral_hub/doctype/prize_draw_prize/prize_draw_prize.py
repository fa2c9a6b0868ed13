"""One kind of prize of a draw, and how many there are."""

from frappe.model.document import Document


class PrizeDrawPrize(Document):
	pass
