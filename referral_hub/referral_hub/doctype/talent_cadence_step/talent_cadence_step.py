from frappe.model.document import Document


class TalentCadenceStep(Document):
	pass
