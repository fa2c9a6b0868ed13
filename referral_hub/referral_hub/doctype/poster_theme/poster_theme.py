from frappe.model.document import Document


class PosterTheme(Document):
	pass
