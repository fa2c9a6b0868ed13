from frappe.model.document import Document

from referral_hub import flow, kept


class ReferralNudge(Document):
	def validate(self):
		kept.refuse_writing(self, "")

	def after_insert(self):
		flow.reminded(self)

	def on_trash(self):
		kept.refuse_deleting(self, "")
