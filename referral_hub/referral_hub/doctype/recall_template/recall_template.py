from frappe.model.document import Document

from referral_hub.talent.templates import writing


class RecallTemplate(Document):
	def validate(self):
		writing.check(self)
