from frappe.model.document import Document


class RewardRuleFactor(Document):
	pass
