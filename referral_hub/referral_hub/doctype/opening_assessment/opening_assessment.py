from frappe.model.document import Document


class OpeningAssessment(Document):
	pass
