import frappe
from frappe import _
from frappe.model.document import Document

from referral_hub import flow, kept, permissions


class TalentPoolRecord(Document):
	def before_insert(self):
		kept.refuse_writing(self, _("Refer the person, or leave it to the app."))

	def on_trash(self):
		kept.refuse_deleting(self, _("Erase the person's data instead."))

	@frappe.whitelist(methods=["POST"])
	def match_to(self, opening: str):
		"""HR found an opening for this person: the referral goes on for it."""
		frappe.only_for(permissions.HR_ROLES)
		self.check_permission("write")
		flow.match(self.referral, opening)
