from frappe.model.document import Document


class ReferralProgramGrade(Document):
	pass
