"""HR takes back links that were sent to people of the talent pool. HR roles only, for people whose record they may write; changes by POST."""

import frappe

from referral_hub.permissions import HR_ROLES
from referral_hub.talent.templates import links, media

RECORD, TEMPLATE = links.RECORD, media.TEMPLATE


@frappe.whitelist(methods=["POST"])
def take_back(record: str, purposes: str | list) -> int:
	"""Let links that were sent to a person open nothing any more; return how many did.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	:param purposes: which, as JSON: Talent Pool (their own page), Pictures and Voices, Path. Raises NoLinks for anything else.
	"""
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc(RECORD, record).check_permission("write")
	return links.take_back(record, links.named(purposes))


@frappe.whitelist(methods=["GET"])
def live_of_template(template: str) -> int:
	"""Return to how many people a link still shows what went to them with words of this template.

	:param template: name of the Recall Template. Raises PermissionError when the caller may not read it.
	"""
	return len(links.live_of_template(_template(template, "read")))


@frappe.whitelist(methods=["POST"])
def take_back_of_template(template: str) -> int:
	"""Let no link show any more what went to people, whom the caller may read, with words of this template; return how many links did.

	A link shows all that went to its person: they get a new one with the next words.

	:param template: name of the Recall Template. Raises PermissionError when the caller may not write it, or one of those people.
	"""
	people = links.live_of_template(_template(template, "write"))
	for record in people:
		frappe.get_doc(RECORD, record).check_permission("write")
	return sum(links.take_back(record, [links.Purpose.HELLO]) for record in people)


def _template(template: str, ptype: str) -> str:
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc(TEMPLATE, template).check_permission(ptype)
	return template
