"""What HR tells a referrer from the desk: a word in between, the reason and a hint when it ended. Changes by POST.

HR roles only, and only about referrals the caller may see; internal notes are not read here and not written.
"""

import frappe
from frappe import _
from frappe.utils import cint, cstr

from referral_hub import permissions
from referral_hub.referrals.assessing import answers
from referral_hub.referrals.policy import green_rounds
from referral_hub.referrals.service_level import desk, words

MOST_APPLICANTS = 500
LONGEST_HINT = 500


@frappe.whitelist(methods=["POST"])
def say_word(
	referral: str, words_for_referrer: str, next_word_by: str | None = None, on_hold: int = 0
) -> dict:
	"""Write to the referrer of an open referral; it is shown on their page and sent once.

	:param referral: name of the Referral
	:param words_for_referrer: plain text, at most 1,000 characters. Raises EmptyWord.
	:param next_word_by: ISO date by which they hear again; empty: as the service level says. Raises UnlikelyDate.
	:param on_hold: 1 when the reason why it waits is what is told
	Returns {"next_word_due": ISO date or null}.
	"""
	frappe.only_for(permissions.HR_ROLES)
	frappe.get_doc("Referral", referral).check_permission("read")
	row = words.say(referral, words_for_referrer, next_word_by, bool(cint(on_hold)))
	return {"next_word_due": row.next_word_due}


@frappe.whitelist(methods=["POST"])
def close_with_word(referral: str, words_for_referrer: str) -> None:
	"""Close an open referral whose applicant was deleted, with a word to the referrer; somebody may refer the person again.

	:param referral: name of the Referral. Raises NotOpen when it is closed, ApplicantStillThere when HRMS has the applicant.
	:param words_for_referrer: plain text, at most 1,000 characters. Raises EmptyWord.
	"""
	frappe.only_for(permissions.HR_ROLES)
	frappe.get_doc("Referral", referral).check_permission("read")
	words.close_without_applicant(referral, words_for_referrer)


@frappe.whitelist(methods=["POST"])
def give_reason(applicant: str, reason: str, hint: str = "") -> None:
	"""Record why a rejected applicant was not taken, and HR's own hint for next time; the referrer is told.

	:param applicant: name of a Job Applicant with status Rejected that the caller may write
	:param reason: name of an enabled Referral Reason
	:param hint: plain text, at most 500 characters; empty: the hint that belongs to the reason
	"""
	frappe.only_for(permissions.HR_ROLES)
	doc = frappe.get_doc("Job Applicant", applicant)
	doc.check_permission("write")
	if doc.status != "Rejected":
		frappe.throw(_("{0} is not rejected any more.").format(doc.applicant_name))
	if not frappe.db.get_value("Referral Reason", reason, "enabled"):
		frappe.throw(_("Please choose a reason from the list."))
	if len(hint) > LONGEST_HINT:
		frappe.throw(_("Please shorten this to {0} characters.").format(LONGEST_HINT))
	doc.update({"referral_hub_reason": reason, "referral_hub_hint": cstr(hint).strip()})
	doc.save()


@frappe.whitelist(methods=["GET"])
def reasons() -> list[dict]:
	"""List the enabled reasons in the user's language: [{"value", "label", "hint", "applies_to"}]."""
	frappe.only_for(permissions.HR_ROLES)
	rows = frappe.get_all(
		"Referral Reason",
		{"enabled": 1},
		["name", "reason", "reason_zh", "hint", "hint_zh", "applies_to"],
		order_by="applies_to asc, reason asc",
	)
	chinese = (frappe.local.lang or "").startswith("zh")
	return [
		{
			"value": row.name,
			"label": (chinese and row.reason_zh) or row.reason,
			"hint": (chinese and row.hint_zh) or row.hint or "",
			"applies_to": row.applies_to,
		}
		for row in sorted(rows, key=lambda row: row.applies_to != "Not Selected")
	]


@frappe.whitelist(methods=["GET"])
def assessment(referral: str) -> str:
	"""Return what the referrer says of the candidate against the opening's requirements, as HTML; empty when nothing.

	:param referral: name of a Referral the caller may read
	"""
	frappe.only_for(permissions.HR_ROLES)
	row = frappe.get_doc("Referral", referral)
	row.check_permission("read")
	return answers.told_to_hr(row.assessment)


@frappe.whitelist(methods=["GET"])
def referred_applicants(applicants: str | list) -> dict[str, dict]:
	"""Return {applicant: {referral, referrer_name, since, next_word_due, late, stage, outcome, green_rounds}} of those referred.

	:param applicants: names of Job Applicants, at most 500, as a list or its JSON. Others' referrals are left out.
	"""
	frappe.only_for(permissions.HR_ROLES)
	names = [cstr(name) for name in frappe.parse_json(applicants)][:MOST_APPLICANTS]
	found = desk.beside_applicants(names)
	allowed = green_rounds(sorted({row.program for row in found.values() if row.program}))
	return {name: _shown(row) | {"green_rounds": allowed.get(row.program, [])} for name, row in found.items()}


def _shown(row) -> dict:
	fields = ("referrer", "referrer_name", "next_word_due", "late", "stage", "outcome")
	return {"referral": row.name, "since": row.submitted_on, **{field: row[field] for field in fields}}
