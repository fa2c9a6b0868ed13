"""A level of a Performance Path: where it follows, and what it brings."""

from frappe.model.document import Document


class PerformancePathLevel(Document):
	pass
