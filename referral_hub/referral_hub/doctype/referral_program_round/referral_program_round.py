from frappe.model.document import Document


class ReferralProgramRound(Document):
	pass
