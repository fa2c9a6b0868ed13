import frappe
from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class ReferralContactKey(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		contact: DF.Data
		digest: DF.Data
		employee: DF.Data
	# end: auto-generated types

	def has_permission(self, permtype="read", *, debug=False, user=None) -> bool:
		"""As the contact it belongs to: nobody reads it as a document, Administrator included."""
		return False

	def validate(self):
		kept.refuse_writing(self, _("Employees keep their contacts on the portal."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Employees delete their contacts on the portal."))


def on_doctype_update() -> None:
	"""Find whom an employee knows by a hash, without a look at the others."""
	frappe.db.add_index("Referral Contact Key", ["employee", "digest", "contact"], "known_of_employee")
