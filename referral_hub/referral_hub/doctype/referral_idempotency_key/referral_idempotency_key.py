from frappe.model.document import Document

from referral_hub import idempotency


class ReferralIdempotencyKey(Document):
	@staticmethod
	def clear_old_logs(days: int = idempotency.DAYS_KEPT) -> None:
		idempotency.forget_before(days)
