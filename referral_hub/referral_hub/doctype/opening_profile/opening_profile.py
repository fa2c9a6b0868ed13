from frappe.model.document import Document

from referral_hub.referrals import policy


class OpeningProfile(Document):
	def before_insert(self):
		self.hiring_manager = self.hiring_manager or policy.manager_of(self.job_opening)

	def validate(self):
		policy.validate_profile(self)
