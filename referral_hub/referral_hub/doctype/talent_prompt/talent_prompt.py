from frappe import _
from frappe.model.document import Document

from referral_hub import kept
from referral_hub.talent.cadence import wording


class TalentPrompt(Document):
	def onload(self):
		self.why = wording.in_words(self.why, self.why_facts)

	def validate(self):
		kept.refuse_writing(self, _("Use the buttons of the prompt."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Use Leave Out."))
