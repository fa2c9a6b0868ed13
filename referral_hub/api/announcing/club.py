"""What HR does with events of the referrers' club."""

import frappe

from referral_hub.announcing.club import events


@frappe.whitelist(methods=["POST"])
def open_event(event: str) -> int:
	"""Ask every member a draft is for whether they come; return how many. Raises NotNow.

	:param event: name of the Referral Club Event, which the caller may write
	"""
	return events.open_event(_mine(event))


@frappe.whitelist(methods=["POST"])
def cancel_event(event: str) -> None:
	"""Call an open event off; whoever comes or waits is told. Raises NotNow.

	:param event: name of the Referral Club Event, which the caller may write
	"""
	events.cancel(_mine(event))


def _mine(name: str) -> str:
	frappe.get_doc(events.DOCTYPE, name).check_permission("write")
	return name
