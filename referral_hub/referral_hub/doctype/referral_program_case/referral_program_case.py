from frappe.model.document import Document


class ReferralProgramCase(Document):
	pass
