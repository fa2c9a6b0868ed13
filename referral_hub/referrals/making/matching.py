"""HR finds an opening for somebody who was referred without one. The applicant stays the same; the referrer too.

HR finds it here, or as they always did: by giving the Job Applicant an opening. The special cases are judged for it.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from referral_hub.referrals.making import situation
from referral_hub.referrals.programs import judging
from referral_hub.referrals.rules.eligibility import Opening
from referral_hub.referrals.rules.outcomes import Outcome

_FOUND = ("job_opening", "job_applicant", "erased_on", "applicant_deleted", "outcome")
_GOES_ON = (Outcome.OPEN, Outcome.HIRED)


class CantBeMatched(frappe.ValidationError):
	"""The referral is closed, has an opening already, or the opening takes nobody."""


def waits(referral: str | None) -> bool:
	"""Say whether this referral is open and for no opening yet."""
	row = referral and frappe.db.get_value("Referral", referral, ["outcome", "job_opening"], as_dict=True)
	return bool(row) and row.outcome == Outcome.OPEN and not row.job_opening


def match(referral: str, opening: str, knowingly: bool = False) -> Document:
	"""Let an open referral without an opening go on for this one; return it.

	An opening that takes no referrals is HR's to choose all the same, but only `knowingly`.
	"""
	row = frappe.get_doc("Referral", referral, for_update=True)
	if row.outcome != Outcome.OPEN:
		frappe.throw(
			_("{0} is not open any more: {1}.").format(row.name, _(row.outcome, context="Referral")),
			CantBeMatched,
		)
	if row.job_opening:
		frappe.throw(_("{0} is for {1} already.").format(row.name, row.job_opening), CantBeMatched)
	seen = check_open(opening)
	if not (seen.accepts_referrals or knowingly):
		said = _("This opening takes no referrals. Choose another one, or say that you want it all the same.")
		frappe.throw(said, CantBeMatched)
	_go_on_for(row, opening)
	return row


def check_open(opening: str) -> Opening:
	"""Return an opening that HR chose for somebody; refuse one that is closed."""
	seen = situation.opening(opening)
	if not seen.exists or seen.status != "Open":
		frappe.throw(_("This opening is closed. Please choose another one."), CantBeMatched)
	return seen


def opening_found(referral: str) -> str | None:
	"""Return the opening HR gave to the applicant of a referral that has none; asks nothing where it has one."""
	row = frappe.db.get_value("Referral", referral, _FOUND, as_dict=True)
	if not row or row.job_opening or row.erased_on or row.applicant_deleted or row.outcome not in _GOES_ON:
		return None
	return row.job_applicant and frappe.db.get_value("Job Applicant", row.job_applicant, "job_title")


def with_opening_found() -> list[str]:
	"""Return the referrals without an opening whose applicant has got one."""
	Referral, Applicant = frappe.qb.DocType("Referral"), frappe.qb.DocType("Job Applicant")
	query = frappe.qb.from_(Referral).inner_join(Applicant).on(Applicant.name == Referral.job_applicant)
	query = query.select(Referral.name).where(Referral.job_opening.isnull() | (Referral.job_opening == ""))
	query = query.where(Referral.erased_on.isnull() & (Referral.applicant_deleted == 0))
	query = query.where(Referral.outcome.isin([outcome.value for outcome in _GOES_ON]))
	return query.where(Applicant.job_title.isnotnull() & (Applicant.job_title != "")).run(pluck=True)


def follow_applicant(referral: str, opening: str) -> Document:
	"""Let a referral go on for the opening HR gave to its applicant, also one that is filled by now."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	_go_on_for(row, opening)
	return row


def _go_on_for(row: Document, opening: str) -> None:
	"""Write the opening; where nothing was promised yet the ruling is that of today, for this opening."""
	fields = ("designation", "department", "company")
	place = frappe.db.get_value("Job Opening", opening, fields, as_dict=True)
	row.update({"job_opening": opening, **place})
	ruling = {} if _is_promised(row) else judging.judge(row, row.referrer).values()
	row.db_set({"job_opening": opening, **place, **ruling})
	_tell_applicant(row.job_applicant, opening, place.designation)


def _is_promised(row: Document) -> bool:
	return bool(frappe.parse_json(row.terms or "{}").get("rule"))


def _tell_applicant(applicant: str | None, opening: str, designation: str | None) -> None:
	"""HRMS's applicant is for this opening too, unless HR has chosen another one for them."""
	if applicant and not frappe.db.get_value("Job Applicant", applicant, "job_title"):
		values = {"job_title": opening, "designation": designation}
		frappe.db.set_value("Job Applicant", applicant, values)
