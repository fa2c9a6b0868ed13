from frappe.model.document import Document


class ReferralProgramCompany(Document):
	pass
