from frappe.model.document import Document


class ReferralHubSettings(Document):
	pass
