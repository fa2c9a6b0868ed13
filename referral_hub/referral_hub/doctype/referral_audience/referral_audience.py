from frappe.model.document import Document


class ReferralAudience(Document):
	pass
