"""A goal of a template or a plan: what, within how many months, how it is seen. `paths.goals` decides."""

from frappe.model.document import Document


class OnboardingGoal(Document):
	pass
