"""The goals a designation usually begins with. `paths.goals.plans` makes plans of it."""

from frappe.model.document import Document

from referral_hub.paths.goals import editing


class OnboardingGoalTemplate(Document):
	def validate(self):
		editing.check_goals(self)
