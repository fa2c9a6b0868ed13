import frappe
from frappe.model.document import Document

from referral_hub import permissions
from referral_hub.referrals import policy
from referral_hub.referrals.assessing import requirements
from referral_hub.referrals.programs import appearing


class OpeningProfile(Document):
	def before_insert(self):
		self.hiring_manager = self.hiring_manager or policy.manager_of(self.job_opening)
		if not self.requirements:
			requirements.draft(self)

	def validate(self):
		policy.validate_profile(self)
		requirements.check(self)

	def on_update(self):
		appearing.profile_saved(self)

	@frappe.whitelist(methods=["POST"])
	def draft_requirements(self):
		"""Add the skills of the designation that have no row yet; HR looks at them and saves."""
		frappe.only_for(permissions.HR_ROLES)
		requirements.draft(self)
