from frappe.model.document import Document


class ReferralProgram(Document):
	pass
