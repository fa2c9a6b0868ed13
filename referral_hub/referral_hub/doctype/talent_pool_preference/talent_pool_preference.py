from frappe.model.document import Document


class TalentPoolPreference(Document):
	pass
