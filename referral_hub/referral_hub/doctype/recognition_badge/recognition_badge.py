"""A badge or title that people can be given. Awards keep who has it; a badge in use is disabled, not deleted."""

from frappe.model.document import Document


class RecognitionBadge(Document):
	pass
