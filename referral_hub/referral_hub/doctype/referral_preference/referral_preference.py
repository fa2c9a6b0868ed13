from frappe.model.document import Document

from referral_hub.messages import planning, preferences


class ReferralPreference(Document):
	def validate(self):
		preferences.check(self)

	def on_update(self):
		planning.plan_again(self.employee)
