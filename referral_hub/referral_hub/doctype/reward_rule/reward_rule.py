"""Conditions, milestones and amounts. `rewards.promising.rule_editing` decides what may be saved."""

from frappe.model.document import Document

from referral_hub.rewards.promising import rule_editing


class RewardRule(Document):
	def before_validate(self):
		rule_editing.tidy(self)

	def validate(self):
		rule_editing.check(self)

	def before_save(self):
		self.version = rule_editing.next_version(self, self.get_doc_before_save())

	def on_trash(self):
		rule_editing.refuse_used(self)
