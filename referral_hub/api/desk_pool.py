"""What HR does with somebody who was referred without an opening: see what fits, and match. HR roles only."""

import frappe

from referral_hub import flow
from referral_hub.permissions import HR_ROLES
from referral_hub.talent.finding import matching, proposing


@frappe.whitelist(methods=["GET"])
def proposals(referral: str) -> list[dict]:
	"""Return up to five openings that fit: [{name, title, designation, department, location, by, words}], the best first.

	:param referral: name of the Referral. Raises PermissionError when the caller may not see it.
	"""
	return proposing.proposals(_of_hr(referral))


@frappe.whitelist(methods=["GET"])
def best_openings(record: str) -> list[dict]:
	"""Return up to five openings that fit somebody of the pool, as `proposals` does, the best first.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not read it.
	"""
	return matching.best_openings(_readable("Talent Pool Record", record))


@frappe.whitelist(methods=["GET"])
def similar_people(record: str) -> list[dict]:
	"""Return up to twenty people of the pool who are like somebody, as `best_people` does.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not read it.
	"""
	return matching.similar_to(_readable("Talent Pool Record", record))


@frappe.whitelist(methods=["GET"])
def best_people(opening: str) -> list[dict]:
	"""Return up to twenty people of the pool whom an opening suits: [{name, person_name, designation, reason, happened_on, likelihood,
	score, by, words}], the best first.

	:param opening: name of the Job Opening. Raises PermissionError when the caller may not read it.
	"""
	return matching.best_people(_readable("Job Opening", opening))


@frappe.whitelist(methods=["GET"])
def match_engine() -> str:
	"""Return the app whose engine says who fits, "" where it is ours, which compares what words mean."""
	frappe.only_for(tuple(HR_ROLES))
	return matching.named()


@frappe.whitelist(methods=["POST"])
def match(referral: str, opening: str, knowingly: int = 0) -> None:
	"""Let a referral without an opening go on for this one; the referrer is told.

	:param referral: name of the Referral. Raises PermissionError when the caller may not see it.
	:param opening: name of an open Job Opening. Raises CantBeMatched where it is closed, or the referral is.
	:param knowingly: 1: also an opening that takes no referrals; without it such a one raises CantBeMatched.
	"""
	name = _of_hr(referral)
	frappe.get_doc("Job Opening", opening).check_permission("read")
	flow.match(name, opening, bool(knowingly))


@frappe.whitelist(methods=["POST"])
def call_back(record: str, opening: str) -> str:
	"""Make somebody of the talent pool an applicant for this opening; return the Referral that credits their referrer, else "".

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	:param opening: name of an open Job Opening. Raises CantBeMatched where it is closed, or a referral of the person is open.
	"""
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc("Talent Pool Record", record).check_permission("write")
	frappe.get_doc("Job Opening", opening).check_permission("read")
	return flow.call_back(record, opening) or ""


def _of_hr(referral: str) -> str:
	return _readable("Referral", referral)


def _readable(doctype: str, name: str) -> str:
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc(doctype, name).check_permission("read")
	return name
