"""Who got which badge, when and why. Written by the app alone; revoked, never deleted."""

from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class RecognitionAward(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use Give This Badge on the badge, or Withdraw here."))

	def on_trash(self):
		kept.refuse_deleting(self, _("An award is revoked, so that everybody can see it was held."))
