from frappe.model.document import Document


class ReferralProgramDepartment(Document):
	pass
