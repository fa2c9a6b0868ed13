from frappe.model.document import Document

from referral_hub.referrals.sharing import links


class ReferralLink(Document):
	def before_insert(self):
		links.prepare(self)

	def validate(self):
		links.validate(self)
