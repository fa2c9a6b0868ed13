from frappe.model.document import Document


class ReferralSuppression(Document):
	pass
