import frappe
from frappe.model.document import Document

from referral_hub import permissions
from referral_hub.referrals import policy
from referral_hub.referrals.assessing import assessments, drafts, requirements
from referral_hub.referrals.programs import appearing


class OpeningProfile(Document):
	def before_insert(self):
		self.hiring_manager = self.hiring_manager or policy.manager_of(self.job_opening)
		if not self.requirements:
			drafts.propose(self)

	def validate(self):
		policy.validate_profile(self)
		requirements.check(self)
		assessments.check_links(self)
		drafts.remember(self)
		drafts.confirm(self)

	def on_update(self):
		appearing.profile_saved(self)

	@frappe.whitelist(methods=["POST"])
	def draft_requirements(self) -> int:
		"""Add a row for whatever new the opening asks for; return how many. HR looks at them and saves."""
		frappe.only_for(permissions.HR_ROLES)
		return drafts.propose(self)
