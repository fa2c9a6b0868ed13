from frappe.model.document import Document


class ReferralReason(Document):
	pass
