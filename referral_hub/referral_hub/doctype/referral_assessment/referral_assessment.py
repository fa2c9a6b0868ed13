from frappe.model.document import Document

from referral_hub.referrals.assessing import assessments


class ReferralAssessment(Document):
	def validate(self):
		assessments.check(self)
