from frappe.model.document import Document

from referral_hub.referrals import policy


class ReferralProgram(Document):
	def validate(self):
		policy.validate_program(self)
