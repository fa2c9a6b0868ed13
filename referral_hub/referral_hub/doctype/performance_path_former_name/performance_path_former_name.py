"""What a designation was called before."""

from frappe.model.document import Document


class PerformancePathFormerName(Document):
	pass
