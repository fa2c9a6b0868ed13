"""Goals agreed with somebody before they join. `paths.goals` decides what may be done when, and writes it."""

from frappe.model.document import Document

from referral_hub.paths.goals import editing


class OnboardingGoalPlan(Document):
	def before_insert(self):
		editing.begin(self)

	def get_invalid_links(self, is_submittable=False):
		missing, cancelled = super().get_invalid_links(is_submittable)
		return editing.missing_now(self, missing), cancelled

	def validate(self):
		editing.check(self)

	def on_trash(self):
		editing.forget(self)
