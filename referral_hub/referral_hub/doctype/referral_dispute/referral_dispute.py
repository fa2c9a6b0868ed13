import frappe
from frappe import _
from frappe.model.document import Document

from referral_hub import flow, kept, permissions
from referral_hub.referrals.disputes import answering


class ReferralDispute(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use Answer, Hand Over or Close."))

	def on_update(self):
		flow.question_moved(self)

	def on_trash(self):
		kept.refuse_deleting(self, _("Close it instead."))

	@frappe.whitelist(methods=["POST"])
	def give_answer(self, answer: str, resolution: str, credit_to: str | None = None):
		"""HR answers; the employee is told."""
		frappe.only_for(permissions.HR_ROLES)
		answering.answer(self.name, answer, resolution, credit_to)

	@frappe.whitelist(methods=["POST"])
	def hand_to(self, user: str):
		"""HR gives the question to a colleague."""
		frappe.only_for(permissions.HR_ROLES)
		answering.hand_to(self.name, user)

	@frappe.whitelist(methods=["POST"])
	def close(self):
		"""HR closes what the employee has left."""
		frappe.only_for(permissions.HR_ROLES)
		answering.close(self.name)

	@frappe.whitelist(methods=["POST"])
	def standing(self) -> str | None:
		"""Return the referral that stood in the way of a refused one, where HR may see it."""
		frappe.only_for(permissions.HR_ROLES)
		referral = frappe.db.get_value(self.doctype, self.name, "standing_referral")
		return referral if referral and frappe.has_permission("Referral", "read", referral) else None
