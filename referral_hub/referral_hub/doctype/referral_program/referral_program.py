from frappe.model.document import Document

from referral_hub.referrals import programs


class ReferralProgram(Document):
	def validate(self):
		programs.validate(self)
