import frappe
from frappe import _
from frappe.model.document import Document

from referral_hub import flow, kept, permissions
from referral_hub.referrals import service
from referral_hub.referrals.assessing import answers
from referral_hub.referrals.service_level import clock


class Referral(Document):
	def before_insert(self):
		flow.freeze_terms(self)
		clock.start(self)

	def validate(self):
		kept.refuse_writing(self, _("Use Close as ..., Open Again or Look Again."))

	def on_trash(self):
		kept.refuse_deleting(self, _("A referral is kept for good. Close it instead."))

	def onload(self):
		if permissions.is_hr():
			self.set_onload("decision", service.told_to_hr(self))
			self.set_onload("worth_a_look", service.worth_a_look(self))
			self.set_onload("assessment", answers.told_to_hr(self.assessment))

	@frappe.whitelist(methods=["POST"])
	def close_as(self, closed_as: str, reason: str | None = None):
		"""HR closes an open referral by hand."""
		frappe.only_for(permissions.HR_ROLES)
		service.close(self, closed_as, reason)

	@frappe.whitelist(methods=["POST"])
	def reopen(self):
		"""HR takes back what was closed by hand."""
		frappe.only_for(permissions.HR_ROLES)
		service.reopen(self)

	@frappe.whitelist(methods=["POST"])
	def move_credit(self, to_employee: str, reason: str):
		"""HR credits another employee, and says why."""
		frappe.only_for(permissions.HR_ROLES)
		service.move_credit(self, to_employee, reason)

	@frappe.whitelist(methods=["POST"])
	def look_again(self):
		"""HR asks for a fresh look at HRMS now instead of within the hour."""
		frappe.only_for(permissions.HR_ROLES)
		return service.refresh(self)
