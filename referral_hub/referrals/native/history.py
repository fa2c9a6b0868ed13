"""Imports the Employee Referrals that were submitted before this app: `bench hub-import-employee-referrals`.

Each form is a transaction of its own, so a run can be stopped anywhere and the next one goes on. What happened long ago is told to
nobody, makes no applicant, and is not judged by today's rules: the referrer may have left and the candidate work here.
Nothing is promised that HRMS paid or that no rule promised on the day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_datetime, getdate, now_datetime, nowdate

from referral_hub import kept
from referral_hub.referrals import errors, ownership, policy, timeline
from referral_hub.referrals.facts import gather
from referral_hub.referrals.following import followed, recorded_state, state_values
from referral_hub.referrals.making import records
from referral_hub.referrals.native import taking
from referral_hub.referrals.rules.eligibility import NotEligible
from referral_hub.referrals.rules.moves import moves
from referral_hub.referrals.rules.native import ACCEPTED, PAID, REJECTED
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.ownership import AlreadyOwned, Candidate, normalise, owned_until
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.referrals.rules.stages import Stage, derive
from referral_hub.retry import retry_deadlocks

CHUNK = 200
_WITHOUT_APPLICANT = {REJECTED: Outcome.INELIGIBLE, ACCEPTED: Outcome.EXPIRED}


@dataclass
class Summary:
	"""What a run did: how many, and by name why not."""

	imported: int = 0
	already_here: int = 0
	refused: dict[str, str] = field(default_factory=dict)

	@property
	def looked_at(self) -> int:
		return self.imported + len(self.refused)


def run(dry_run: bool = False, limit: int | None = None, say: Callable[[str], None] = print) -> Summary:
	"""Import what is not here yet, say how far it is, and return the summary. Commits, or writes nothing at all."""
	summary = Summary(already_here=frappe.db.count("Referral", {"employee_referral": ("is", "set")}))
	for name in _not_here(limit):
		_import_alone(name, dry_run, summary)
		if summary.looked_at % CHUNK == 0:
			say(_("{0} looked at, {1} imported").format(summary.looked_at, summary.imported))
	_say(summary, dry_run, say)
	return summary


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


def _import_alone(name: str, dry_run: bool, summary: Summary) -> None:
	frappe.db.rollback()
	try:
		retry_deadlocks(partial(bring_in, name))
		summary.imported += 1
	except Refused as refused:
		frappe.db.rollback()
		summary.refused[name] = errors.sentence(refused)
	except frappe.ValidationError as error:
		frappe.db.rollback()
		summary.refused[name] = frappe.utils.strip_html(str(error))
	frappe.clear_messages()
	frappe.db.rollback() if dry_run else frappe.db.commit()


def _not_here(limit: int | None) -> Iterator[str]:
	"""Yield the old forms without a referral, oldest number first, some hundreds at a time."""
	after, given = "", 0
	while names := _some_not_here(after, min(CHUNK, limit - given) if limit else CHUNK):
		yield from names
		after, given = names[-1], given + len(names)
		if limit and given >= limit:
			return


def _some_not_here(after: str, limit: int) -> list[str]:
	Form, Referral = frappe.qb.DocType(taking.FORM), frappe.qb.DocType("Referral")
	return (
		frappe.qb.from_(Form)
		.left_join(Referral)
		.on(Referral.employee_referral == Form.name)
		.select(Form.name)
		.where((Form.docstatus == 1) & (Form.referral_hub_waiting == 0) & Referral.name.isnull())
		.where(Form.name > after)
		.orderby(Form.name)
		.limit(limit)
		.run(pluck=True)
	)


def _check_referrer(form: Document) -> None:
	if not frappe.db.exists("Employee", form.referrer):
		raise NotEligible("employee_missing")


def _candidate(form: Document) -> Candidate:
	region = policy.region_of(_company(form))
	typed = taking.candidates_of(form)
	try:
		return normalise(typed[0], region)
	except Refused as refused:
		if not refused.reason.startswith("phone"):
			raise
		return normalise(typed[-1], region)


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


def _say(summary: Summary, dry_run: bool, say: Callable[[str], None]) -> None:
	done = _("{0} would be imported") if dry_run else _("{0} imported")
	say(done.format(summary.imported))
	say(_("{0} already here").format(summary.already_here))
	say(_("{0} refused").format(len(summary.refused)))
	for name, reason in summary.refused.items():
		say(f"  {name}: {reason}")
