from frappe.model.document import Document


class ReferralApplication(Document):
	pass
