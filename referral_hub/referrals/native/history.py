"""Makes the referral of an Employee Referral that was submitted before this app; called by `importing`, a form at a time.

What happened long ago is told to nobody, makes no applicant, and is not judged by today's rules: the referrer may have
left and the candidate work here. Nothing is promised that HRMS paid or that no rule promised on the day.
"""

from dataclasses import replace

import frappe
from frappe.model.document import Document
from frappe.utils import cint, get_datetime, getdate, now_datetime, nowdate

from referral_hub import kept
from referral_hub.referrals import policy
from referral_hub.referrals.deriving import timeline
from referral_hub.referrals.deriving.facts import gather
from referral_hub.referrals.deriving.following import followed, recorded_state, state_values
from referral_hub.referrals.making import ownership, records
from referral_hub.referrals.native import changing, taking
from referral_hub.referrals.rules.eligibility import NotEligible
from referral_hub.referrals.rules.moves import moves
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.ownership import AlreadyOwned, Candidate, owned_until
from referral_hub.referrals.rules.sources.native import ACCEPTED, PAID, REJECTED
from referral_hub.referrals.rules.stages import Stage, derive

_WITHOUT_APPLICANT = {REJECTED: Outcome.INELIGIBLE, ACCEPTED: Outcome.EXPIRED}


def bring_in(name: str) -> str:
	"""Make the referral of one old form; return it, or raise why there is none."""
	form = frappe.get_doc(taking.FORM, name, for_update=True)
	if existing := taking.referral_of(name):
		return existing
	_check_referrer(form)
	candidate = _candidate(form)
	with records.all_or_nothing():
		claims = _own(form, candidate)
		referral = _insert(form, candidate)
		if claims:
			ownership.assign(claims, referral.name)
		_give_applicant(form, referral)
		_stand_where_hrms_says(referral)
	form.db_set("referral_hub_referral", referral.name, update_modified=False)
	return referral.name


def _check_referrer(form: Document) -> None:
	if not frappe.db.exists("Employee", form.referrer):
		raise NotEligible("employee_missing")


def _candidate(form: Document) -> Candidate:
	return changing.candidate_of(form, _company(form))


def _own(form: Document, candidate: Candidate) -> list[str]:
	"""Own the person for what is left of the window that began when they were referred."""
	today, days = getdate(nowdate()), policy.for_program(None).days_owned
	until = owned_until(getdate(form.date), days)
	return (
		ownership.claim(ownership.keys_of(candidate), form.referrer, today, until) if until >= today else []
	)


def _insert(form: Document, candidate: Candidate) -> Document:
	referral, made_on = frappe.new_doc("Referral"), get_datetime(form.date)
	referral.update(
		{
			"candidate_name": candidate.name,
			"candidate_email": candidate.email,
			"candidate_phone": candidate.phone,
			"referrer": form.referrer,
			"referrer_name": frappe.db.get_value("Employee", form.referrer, "employee_name"),
			"employee_referral": form.name,
			"channel": "Import",
			"designation": form.for_designation,
			"company": _company(form),
			"note": taking.note_of(form),
			"submitted_on": made_on,
			"stage": Stage.INVITED.value,
			"outcome": Outcome.OPEN.value,
			"stage_changed_on": made_on,
			"last_event_seq": 0,
		}
	)
	referral.flags.promises_nothing = _was_paid_by_hrms(form)
	referral.flags.only_rules_of_the_day = True
	with kept.writing(referral):
		return referral.insert(ignore_permissions=True, ignore_links=True)


def _company(form: Document) -> str | None:
	return frappe.db.get_value("Employee", form.referrer, "company")


def _was_paid_by_hrms(form: Document) -> bool:
	bonus = {"employee": form.referrer, "ref_doctype": taking.FORM, "ref_docname": form.name}
	return (
		not cint(form.is_applicable_for_referral_bonus)
		or form.referral_payment_status == PAID
		or bool(frappe.db.exists("Additional Salary", {**bonus, "docstatus": ("!=", 2)}))
	)


def _give_applicant(form: Document, referral: Document) -> None:
	applicant = taking.applicant_of(form.name)
	if not applicant:
		closed_as = _WITHOUT_APPLICANT.get(form.status)
		referral.db_set({"closed_as": closed_as, "closed_on": form.modified if closed_as else None})
		return
	if frappe.db.get_value("Job Applicant", applicant, "referral_hub_referral", for_update=True):
		raise AlreadyOwned("owned_by_another")
	records.give_applicant(referral, Candidate(form.full_name), applicant)


def _stand_where_hrms_says(referral: Document) -> None:
	"""Record the state as HRMS has it now, in one step; what has no date of its own gets the form's."""
	now, made_on = now_datetime(), get_datetime(referral.submitted_on)
	before = recorded_state(referral)
	after = derive(gather([followed(referral)])[referral.name], now, before)
	happened = [
		replace(move, happened_on=made_on) if move.happened_on == now else move
		for move in moves(before, after, {}, now)
	]
	values = state_values(after) | {"facts_digest": after.fingerprint, "refreshed_on": now}
	referral.db_set(values | {"last_event_seq": len(happened)})
	timeline.record(referral.name, 0, happened, is_history=True)
