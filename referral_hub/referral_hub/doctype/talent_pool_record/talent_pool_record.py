import frappe
from frappe import _
from frappe.model.document import Document

from referral_hub import flow, kept, permissions
from referral_hub.talent import service


class TalentPoolRecord(Document):
	def before_insert(self):
		service.know(self)

	def validate(self):
		service.keep_the_person(self)

	def on_trash(self):
		kept.refuse_deleting(self, _("Erase the person's data instead."))

	@frappe.whitelist(methods=["POST"])
	def match_to(self, opening: str):
		"""HR found an opening for this person: the referral goes on for it."""
		frappe.only_for(permissions.HR_ROLES)
		self.check_permission("write")
		flow.match(self.referral, opening)
