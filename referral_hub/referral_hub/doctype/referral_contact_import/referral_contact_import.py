from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class ReferralContactImport(Document):
	def has_permission(self, permtype="read", *, debug=False, user=None) -> bool:
		"""As the contacts that come out of it: nobody reads it as a document, Administrator included."""
		return False

	def validate(self):
		kept.refuse_writing(self, _("Employees import their contacts on the portal."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Employees delete their contacts on the portal."))
