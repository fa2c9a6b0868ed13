"""Seven questions to a company that begins. `setup.guide` makes a program, rules and settings of the answers."""

from frappe.model.document import Document

from referral_hub.setup.guide import answers


class ReferralSetupGuide(Document):
	def validate(self):
		answers.check(self)
