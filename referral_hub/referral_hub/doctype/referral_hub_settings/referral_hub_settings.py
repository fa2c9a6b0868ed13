from frappe.model.document import Document

from referral_hub.setup import settings


class ReferralHubSettings(Document):
	def validate(self):
		settings.check(self)

	def on_update(self):
		settings.follow(self)
