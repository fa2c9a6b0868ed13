from frappe.model.document import Document


class RewardRule(Document):
	pass
