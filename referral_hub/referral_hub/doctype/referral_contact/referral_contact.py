from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class ReferralContact(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		employee: DF.Data
		sealed: DF.LongText
		told_of: DF.LongText | None
		touched_on: DF.Date | None
		warned_on: DF.Date | None
		weighed_on: DF.Datetime | None
	# end: auto-generated types

	def has_permission(self, permtype="read", *, debug=False, user=None) -> bool:
		"""Nobody reads a contact as a document, Administrator included: the portal shows it to its employee."""
		return False

	def validate(self):
		kept.refuse_writing(self, _("Employees keep their contacts on the portal."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Employees delete their contacts on the portal."))
