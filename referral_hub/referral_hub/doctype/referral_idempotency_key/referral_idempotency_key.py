from frappe.model.document import Document

from referral_hub import idempotency, kept


class ReferralIdempotencyKey(Document):
	def has_permission(self, permtype="read", *, debug=False, user=None) -> bool:
		"""Nobody reads what somebody's program was answered, Administrator included: it may be their own contacts."""
		return bool(self.flags.ignore_permissions)

	def validate(self):
		kept.refuse_writing(self, "")

	def on_trash(self):
		kept.refuse_deleting(self, "")

	@staticmethod
	def clear_old_logs(days: int = idempotency.DAYS_KEPT) -> None:
		idempotency.forget_before(days)
