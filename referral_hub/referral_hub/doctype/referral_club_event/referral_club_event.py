"""An event of the referrers' club. HR writes it; members answer on the portal."""

from frappe.model.document import Document

from referral_hub.announcing.club import events


class ReferralClubEvent(Document):
	def validate(self):
		events.check(self)

	def on_update(self):
		events.follow(self)

	def on_trash(self):
		events.check_deleting(self)
