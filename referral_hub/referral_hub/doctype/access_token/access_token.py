from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class AccessToken(Document):
	def validate(self):
		kept.refuse_writing(self, _("Send or revoke a link on the Referral or the Employee."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Revoke it on the Referral or the Employee instead."))
