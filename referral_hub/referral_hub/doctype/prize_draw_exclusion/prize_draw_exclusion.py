"""Somebody who takes no part in a draw, and why."""

from frappe.model.document import Document


class PrizeDrawExclusion(Document):
	pass
