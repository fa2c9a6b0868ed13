from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class RecallRequest(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use Ask a Colleague on the person."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Use Withdraw."))
