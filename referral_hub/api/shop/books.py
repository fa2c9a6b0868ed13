"""What Accounts does with the provision for points in the desk."""

import frappe

from referral_hub.points.finance import provision


@frappe.whitelist(methods=["POST"])
def provide_again(provision_of: str) -> str:
	"""Look again at a month that waits, or book anew what was taken out of the books. Returns its state.

	:param provision_of: name of the Points Provision
	Raises PermissionError for who may not make Journal Entries.
	"""
	frappe.get_doc(provision.DOCTYPE, provision_of).check_permission("read")
	frappe.has_permission(provision.ENTRY, "create", throw=True)
	return provision.make_again(provision_of).state
