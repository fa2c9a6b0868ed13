"""The candidate does not want to go on, or takes back their agreement and wants to be forgotten.

A withdrawal closes the referral and rejects the Job Applicant with the reason, so that HR sees it where they work. HRMS has no
status of its own for it; derived from Rejected with a reason of kind Withdrawn the referral is Withdrawn, whichever is read first.
"""

import frappe
from frappe import _
from frappe.utils import add_days, cint, now_datetime, nowdate

from referral_hub.referrals import service
from referral_hub.referrals.consent import answering, erasing, office
from referral_hub.referrals.policy import settings
from referral_hub.referrals.rules.consent import Consent
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.wording import dates

KIND_OF_REASON = "Withdrawn"


def reasons() -> list[frappe._dict]:
	"""Return what somebody may choose when they withdraw."""
	fields = ["name", "reason", "reason_zh"]
	return frappe.get_all(
		"Referral Reason", {"applies_to": KIND_OF_REASON, "enabled": 1}, fields, order_by="idx asc, name asc"
	)


def withdraw(referral: str, reason: str | None = None) -> bool:
	"""Close an open referral as its candidate wants; False when there was nothing open."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	if row.outcome != Outcome.OPEN:
		return False
	chosen = reason if reason in {each.name for each in reasons()} else None
	if row.job_applicant:
		_reject(row.job_applicant, chosen)
	service.close(row, Outcome.WITHDRAWN, chosen)
	return True


def ask_for_deletion(referral: str) -> None:
	"""Forget the person where nothing but the referral knows them; else start HR's clock, once."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	if row.erased_on or row.erasure_asked_on:
		return
	if row.consent_state == Consent.ASKED:
		answering.refuse(row.name)
	elif not row.job_applicant:
		withdraw(row.name)
		erasing.erase(row.reload(), keep_keys=False)
	else:
		_start_clock(row)


def take_back_consent(referral: str) -> None:
	"""Agreement ends for what is to come: withdraw, and have the rest deleted. The words agreed to stay as proof."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	if row.consent_state == Consent.GIVEN:
		row.db_set({"consent_state": Consent.WITHDRAWN.value, "consent_withdrawn_on": now_datetime()})
	ask_for_deletion(referral)


def _start_clock(row) -> None:
	due = add_days(nowdate(), cint(settings().erasure_days))
	withdraw(row.name)
	row.reload()
	row.db_set({"erasure_asked_on": now_datetime(), "erasure_due_on": due})
	words = _("The candidate of {0} asks for the deletion of what is held about them, by {1}.")
	office.give_task(row, words.format(row.name, dates.said(due)), due)


def _reject(name: str, reason: str | None) -> None:
	if not frappe.db.exists("Job Applicant", name):
		return
	applicant = frappe.get_doc("Job Applicant", name, for_update=True)
	applicant.db_set({"status": "Rejected", "referral_hub_reason": reason or _usual_reason()}, notify=True)
	applicant.add_comment("Info", _("The candidate withdrew on their own page."))


def _usual_reason() -> str | None:
	"""Return any reason of this kind: without one a rejection would read as HR's decision, should the referral be opened again."""
	found = reasons()
	return found[0].name if found else None
