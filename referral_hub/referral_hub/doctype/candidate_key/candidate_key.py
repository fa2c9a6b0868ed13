from frappe.model.document import Document


class CandidateKey(Document):
	pass
