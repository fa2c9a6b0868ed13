from frappe.model.document import Document


class TalentPreference(Document):
	pass
