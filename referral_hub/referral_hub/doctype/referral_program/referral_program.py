from frappe.model.document import Document

from referral_hub import flow
from referral_hub.referrals.programs import editing


class ReferralProgram(Document):
	def validate(self):
		editing.validate(self)

	def on_update(self):
		flow.program_saved(self)

	def after_rename(self, old: str, new: str, merge: bool = False):
		flow.program_renamed(old, new)
