"""What somebody said about a plan of goals, when. Written by `paths.goals` alone, never changed."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class OnboardingGoalNote(Document):
	def validate(self):
		kept.refuse_writing(self, _("It is written where goals are talked about."))

	def on_trash(self):
		kept.refuse_deleting(self, _("It is written where goals are talked about."))
