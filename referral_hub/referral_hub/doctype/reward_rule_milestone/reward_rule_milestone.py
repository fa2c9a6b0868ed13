from frappe.model.document import Document


class RewardRuleMilestone(Document):
	pass
