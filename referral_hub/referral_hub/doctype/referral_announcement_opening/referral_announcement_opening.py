from frappe.model.document import Document


class ReferralAnnouncementOpening(Document):
	pass
