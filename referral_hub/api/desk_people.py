"""What HR does for people without an account: a candidate's link, the deletion of their data, an employee's card.

HR roles only, and only for rows they may read; changes by POST. No method returns a candidate's link.
"""

import frappe
from frappe.utils import get_url

from referral_hub import flow
from referral_hub.permissions import HR_ROLES
from referral_hub.referrals.cards import service as cards
from referral_hub.referrals.consent import asking
from referral_hub.referrals.erasure import person
from referral_hub.referrals.service_level import queue
from referral_hub.referrals.sharing.posters import qr
from referral_hub.survey import service as survey
from referral_hub.survey.rules.questions import Role


@frappe.whitelist(methods=["POST"])
def send_status_link(referral: str) -> bool:
	"""Send the candidate a link to their own page, by e-mail or else SMS; False when they can't be written to.

	:param referral: name of the Referral. Raises PermissionError when the caller may not see it.
	"""
	return asking.send_status_link(_of_hr("Referral", referral))


@frappe.whitelist(methods=["POST"])
def revoke_status_links(referral: str) -> int:
	"""Let no link to this candidate's page, nor to the question how it was, work any more; return how many did.

	:param referral: name of the Referral. Raises PermissionError when the caller may not see it.
	"""
	name = _of_hr("Referral", referral)
	return asking.revoke_links(name) + survey.end_of(name, Role.CANDIDATE)


@frappe.whitelist(methods=["POST"])
def erase_person(doctype: str, name: str, with_hrms: int = 0) -> dict:
	"""Delete a person's data for good, from all their referrals. Returns {"referrals", "employee", "with_hrms"}.

	HR Manager only. `employee` is set where the person became an Employee, whom HRMS keeps.

	:param doctype: Referral or Talent Pool Record.
	:param name: the record about the person. Raises PermissionError when the caller may not see it.
	:param with_hrms: 1 empties HRMS's Job Applicant and Employee Referral as well, with what hangs on them.
	"""
	found = {"Referral": person.of_referral, "Talent Pool Record": person.of_record}
	if doctype not in found:
		frappe.throw(frappe._("We could not find that"), frappe.DoesNotExistError)
	frappe.only_for(("HR Manager", "System Manager"))
	return flow.erase_person(found[doctype](_of_hr(doctype, name)), bool(frappe.utils.cint(with_hrms)))


@frappe.whitelist(methods=["POST"])
def issue_card(employee: str) -> dict:
	"""Make a referral card; the earlier ones die. Returns {"link", "svg", "employee_name", "company", "valid_until"}, this once.

	:param employee: name of an active Employee. Raises PermissionError when the caller may not see it.
	"""
	row = frappe.get_doc("Employee", _of_hr("Employee", employee))
	if row.status != "Active":
		frappe.throw(frappe._("Only people who work here now can have a card."))
	link = get_url(f"/refer/{cards.issue(row.name)}", allow_header_override=False)
	return {
		"link": link,
		"svg": qr.svg(link),
		"employee_name": row.employee_name,
		"company": row.company,
		"valid_until": cards.live(row.name)[0].expires_on,
	}


@frappe.whitelist(methods=["POST"])
def revoke_card(employee: str) -> int:
	"""Let no card of this employee work any more; return how many did.

	:param employee: name of the Employee. Raises PermissionError when the caller may not see it.
	"""
	return cards.revoke(_of_hr("Employee", employee))


@frappe.whitelist()
def card_of(employee: str) -> dict | None:
	"""Return {"issued_on", "expires_on"} of the card that works now, or None.

	:param employee: name of the Employee. Raises PermissionError when the caller may not see it.
	"""
	found = cards.live(_of_hr("Employee", employee))
	return {"issued_on": found[0].issued_on, "expires_on": found[0].expires_on} if found else None


def _of_hr(doctype: str, name: str) -> str:
	"""Refuse callers outside HR, and HR of another company, before anything is touched."""
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc(doctype, name).check_permission("read")
	return name


@frappe.whitelist()
def not_shown_yet() -> dict:
	"""Return how many people are asked or invited and are shown to nobody before they agree, for a number card.

	HR roles only; counts the caller's companies. Returns {"value": count, "fieldtype": "Int"}.
	"""
	frappe.only_for(HR_ROLES)
	return {"value": queue.not_shown_yet(), "fieldtype": "Int"}
