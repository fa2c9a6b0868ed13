"""An employee's own way on a path, shown to others while they agree. Written by `paths.cases` alone."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class PathCase(Document):
	def validate(self):
		kept.refuse_writing(self, _("Employees agree, and take it back, on the portal."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Employees agree, and take it back, on the portal."))
