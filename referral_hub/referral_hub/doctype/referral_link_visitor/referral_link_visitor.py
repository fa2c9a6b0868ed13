from frappe.model.document import Document


class ReferralLinkVisitor(Document):
	pass
