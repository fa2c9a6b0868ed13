from frappe import _
from frappe.model.document import Document

from referral_hub import kept


class TalentPrompt(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use the buttons of the prompt."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Use Leave Out."))
