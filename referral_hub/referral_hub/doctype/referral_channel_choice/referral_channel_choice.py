from frappe.model.document import Document


class ReferralChannelChoice(Document):
	pass
