from frappe.model.document import Document


class ReferralMessage(Document):
	pass
