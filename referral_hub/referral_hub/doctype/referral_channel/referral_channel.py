"""One way to reach people outside this site, as who administers it has set it up."""

from frappe.model.document import Document

from referral_hub.messages.channels import configured, setting_up


class ReferralChannel(Document):
	def validate(self):
		setting_up.check(self)

	def on_update(self):
		configured.forget()

	def on_trash(self):
		setting_up.let_go(self)
