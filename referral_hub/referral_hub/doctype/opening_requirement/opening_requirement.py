from frappe.model.document import Document


class OpeningRequirement(Document):
	pass
