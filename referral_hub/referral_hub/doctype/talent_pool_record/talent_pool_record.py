from frappe import _
from frappe.model.document import Document

from referral_hub import kept
from referral_hub.talent import service


class TalentPoolRecord(Document):
	def before_insert(self):
		service.know(self)

	def validate(self):
		service.keep_the_person(self)

	def on_trash(self):
		kept.refuse_deleting(self, _("Use Delete Personal Data."))
