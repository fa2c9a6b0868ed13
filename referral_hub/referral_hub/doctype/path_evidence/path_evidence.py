"""One figure of a path. Written by `paths.figures.keeping` alone; what others than HR see of it is said by `paths.figures.showing`."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class PathEvidence(Document):
	def validate(self):
		kept.refuse_writing(self, _("It is counted from HRMS every night."))

	def on_trash(self):
		kept.refuse_deleting(self, _("It is counted from HRMS every night."))
