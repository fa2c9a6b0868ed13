"""A goal of a template or a plan: what, within how many months, how it is seen. `paths.goals` decides."""

from frappe.model.document import Document

from referral_hub.paths.goals import editing


class OnboardingGoal(Document):
	def get_invalid_links(self, is_submittable=False):
		missing, cancelled = super().get_invalid_links(is_submittable)
		return editing.missing_now(self, missing), cancelled
