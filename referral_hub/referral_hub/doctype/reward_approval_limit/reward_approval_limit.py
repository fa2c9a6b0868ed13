"""One limit above which a reward waits for an approval: kind, currency, program, and the role that approves."""

from frappe.model.document import Document


class RewardApprovalLimit(Document):
	pass
