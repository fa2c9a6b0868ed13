"""HR thanks an employee personally, from a referral or a reward."""

import frappe
from frappe import _

from referral_hub.announcing import thanking
from referral_hub.permissions import is_hr


@frappe.whitelist(methods=["GET"])
def draft(referral: str, reward: str | None = None) -> dict:
	"""Return who would be thanked and HR's usual words in their language: {"to", "words"}. Raises NothingToSay.

	:param referral: name of a Referral the caller may read
	:param reward: name of a Referral Reward of it, where its bearer is meant and not the referrer
	"""
	return thanking.draft(_whom(referral, reward))


@frappe.whitelist(methods=["POST"])
def send(referral: str, words: str, reward: str | None = None) -> bool:
	"""Send a thank-you; False when the very same was sent before. Raises NothingToSay.

	:param referral: name of a Referral the caller may read
	:param words: what they read, at most 1000 characters
	:param reward: name of a Referral Reward of it, where its bearer is meant and not the referrer
	"""
	return thanking.thank(_whom(referral, reward), referral, words, frappe.session.user)


def _whom(referral: str, reward: str | None) -> str:
	about = frappe.get_doc("Referral", referral)
	about.check_permission("read")
	if not is_hr():
		raise frappe.PermissionError
	if not reward:
		return about.referrer
	paid = frappe.get_doc("Referral Reward", reward)
	paid.check_permission("read")
	if paid.referral != referral:
		frappe.throw(_("This reward belongs to another referral."))
	return paid.employee
