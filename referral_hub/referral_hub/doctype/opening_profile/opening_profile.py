from frappe.model.document import Document

from referral_hub.referrals import openings


class OpeningProfile(Document):
	def before_insert(self):
		self.hiring_manager = self.hiring_manager or openings.manager_of(self.job_opening)

	def validate(self):
		openings.validate_profile(self)
