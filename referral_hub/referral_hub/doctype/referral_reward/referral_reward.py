from frappe.model.document import Document


class ReferralReward(Document):
	pass
