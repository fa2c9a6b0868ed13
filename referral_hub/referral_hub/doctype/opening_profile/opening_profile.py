from frappe.model.document import Document


class OpeningProfile(Document):
	pass
