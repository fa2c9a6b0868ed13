from frappe.model.document import Document


class Referral(Document):
	pass
