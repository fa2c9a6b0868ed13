"""What a level of a Performance Path needs, measured."""

from frappe.model.document import Document


class PerformancePathRequirement(Document):
	pass
