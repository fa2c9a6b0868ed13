"""One line of the conversation about a question. Written by `paths.feedback.book` alone; it only grows."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class PathFeedbackEntry(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use the buttons of the question."))

	def on_trash(self):
		kept.refuse_deleting(self, _("It goes with its Employee."))
