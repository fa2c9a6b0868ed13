from frappe.model.document import Document

from referral_hub.vocabulary import editing


class SkillSynonym(Document):
	def validate(self):
		editing.check(self)
