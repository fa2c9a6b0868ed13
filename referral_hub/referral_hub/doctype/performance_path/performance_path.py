"""The ladder of a designation. `paths.editing` decides what may be saved."""

from frappe.model.document import Document

from referral_hub.paths import editing
from referral_hub.paths.figures import keeping


class PerformancePath(Document):
	def before_validate(self):
		editing.tidy(self)

	def validate(self):
		editing.check(self)

	def on_trash(self):
		keeping.refuse_deleting(self.name)
