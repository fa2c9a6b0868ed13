"""Asks the people of a referral that is over: each once, none too often, nobody who does not want it.

Not asked are: who left or was transferred away from the login that is told, who switched it off, a candidate who has not agreed or took it
back, whoever asked to be deleted or was. A row of *Referral Survey Invitation* says that somebody was asked, and whether they answered; no role
reads it, and it keeps no time of an answer. Called by the daily task.
"""

from datetime import date

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max, Min
from frappe.utils import add_days, cint, getdate, nowdate
from pypika.terms import ExistsCriterion

from referral_hub import tokens
from referral_hub.messages import service as messages
from referral_hub.people import employments
from referral_hub.referrals.rules.consent import HIDDEN, Consent
from referral_hub.referrals.rules.moves import Kind
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.rewards.rules.states import HANDED_OVER
from referral_hub.survey.rules.moments import STILL_FRESH, After, Ending, is_due, was_asked_lately
from referral_hub.survey.rules.questions import Role

INVITATION = "Referral Survey Invitation"
_ASKED = "referral_hub_survey_asked"
WAITING, ANSWERED, ENDED = "Waiting", "Answered", "Ended"
TO_REFERRER, TO_CANDIDATE = "survey_asked", "candidate_survey"
PAGE, ROOM = "/referrals/survey", "survey"
# what was brought in from before is nobody's news
_IMPORTED = "Import"
_HIRED = frozenset({Outcome.HIRED})


def settings():
	return frappe.get_cached_doc("Referral Hub Settings")


def to_ask() -> list[str]:
	"""Return the referrals that are over of which somebody may still be asked, by name."""
	if not cint(settings().tell_survey) and not cint(settings().tell_candidate_survey):
		return []
	after, wait, today = After(settings().survey_hired_after or After.CONFIRMED), _wait(), getdate(nowdate())
	return [name for name, ending in _over(after, wait, today) if is_due(ending, after, wait, today)]


def ask(referral: str) -> list[str]:
	"""Ask whoever of a referral was not asked before and may be asked today; return whom, by role."""
	row = frappe.get_doc("Referral", referral)
	if row.erased_on or row.erasure_asked_on or row.consent_state in HIDDEN:
		return []
	asked = set(frappe.get_all(INVITATION, {"referral": referral}, pluck="role"))
	ways = {Role.REFERRER: _ask_referrer, Role.CANDIDATE: _ask_candidate}
	return [role.value for role, way in ways.items() if role not in asked and way(row)]


def end_of(referral: str, role: Role | None = None) -> int:
	"""Take back what was asked about a referral and not answered yet; return how many questions that were."""
	waiting = {"referral": referral, "state": WAITING} | ({"role": role.value} if role else {})
	return _end(frappe.get_all(INVITATION, waiting, pluck="name"))


def end_what_is_over() -> int:
	"""End the questions nobody answered in time."""
	over = {"state": WAITING, "open_until": ("<", nowdate())}
	return _end(frappe.get_all(INVITATION, over, pluck="name"))


def _end(names: list[str]) -> int:
	for name in names:
		frappe.db.set_value(INVITATION, name, "state", ENDED, update_modified=False)
		tokens.forget(tokens.Subject(INVITATION, name))
	return len(names)


def _ask_referrer(row) -> bool:
	record = employments.record_now(row.referrer)
	reader = messages.readers_of([record]).get(record)
	if not reader or not messages.hears(TO_REFERRER, reader) or _was_asked_lately(row.referrer):
		return False
	if not invite(row.name, Role.REFERRER, record):
		return False
	link = f"{PAGE}?about={row.name}"
	messages.tell(TO_REFERRER, record, key=row.name, referral=row, link=link, answer_until_on=_until())
	return True


def _ask_candidate(row) -> bool:
	if row.consent_state != Consent.GIVEN or _candidate_was_asked_lately(row):
		return False
	invitation = invite(row.name, Role.CANDIDATE)
	told = invitation and messages.tell_candidate(
		TO_CANDIDATE,
		row.name,
		key=row.name,
		link=lambda: link_of(invitation),
		answer_until_on=_until(),
	)
	if invitation and not told:  # no way to them, or they asked us to stop: nobody was asked
		frappe.db.delete(INVITATION, {"name": invitation})
	return bool(told)


def link_of(invitation: str) -> str:
	"""Return the path of a new link to a candidate's question."""
	return f"/{ROOM}/{tokens.issue(Purpose.SURVEY, INVITATION, invitation, _open_days())}"


def invite(referral: str, role: Role, employee: str | None = None) -> str | None:
	"""Note that somebody is asked, and return by which question; None when another process has just asked them."""
	row = frappe.new_doc(INVITATION)
	row.name = frappe.generate_hash(length=20)
	row.update({"referral": referral, "role": role.value, "employee": employee, "state": WAITING})
	row.update({"asked_on": nowdate(), "open_until": _until()})
	frappe.db.savepoint(_ASKED)
	try:
		row.db_insert()
	except frappe.UniqueValidationError:
		frappe.db.rollback(save_point=_ASKED)
		frappe.clear_last_message()
		return None
	return row.name


def _was_asked_lately(employee: str) -> bool:
	records = {"employee": ("in", employments.records_of(employee)), "role": Role.REFERRER.value}
	return _is_lately(frappe.db.get_value(INVITATION, records, "asked_on", order_by="asked_on desc"))


def _candidate_was_asked_lately(row) -> bool:
	"""Somebody who was referred several times is one person, by their e-mail or number."""
	invitation, referral = DocType(INVITATION), DocType("Referral")
	same = [
		referral[field] == row.get(field)
		for field in ("candidate_email", "candidate_phone")
		if row.get(field)
	]
	if not same:
		return False
	query = frappe.qb.from_(invitation).inner_join(referral).on(referral.name == invitation.referral)
	query = query.where(
		(invitation.role == Role.CANDIDATE.value) & (same[0] if len(same) == 1 else same[0] | same[1])
	)
	return _is_lately(query.select(Max(invitation.asked_on)).run()[0][0])


def _is_lately(last: date | None) -> bool:
	return was_asked_lately(last and getdate(last), cint(settings().survey_gap_days), getdate(nowdate()))


def _wait() -> int:
	return cint(settings().survey_wait_days)


def _open_days() -> int:
	return max(cint(settings().survey_open_days), 1)


def _until() -> date:
	return getdate(add_days(nowdate(), _open_days()))


def _over(after: After, wait: int, today: date) -> list[tuple[str, Ending]]:
	"""Return the referrals that may be due, with how they stand: those whose moment can be within the days that are asked about."""
	referral, event, paid = DocType("Referral"), DocType("Referral Event"), _first_pay_outs()
	since = add_days(today, -STILL_FRESH - wait)
	ended_on = Max(event.recorded_on)
	query = frappe.qb.from_(referral).inner_join(event)
	query = query.on((event.referral == referral.name) & (event.outcome == referral.outcome))
	query = query.where(event.kind == Kind.OUTCOME.value)
	query = query.where(referral.outcome != Outcome.OPEN.value)
	query = query.where((referral.channel != _IMPORTED) & referral.erased_on.isnull())
	query = query.where(_not_all_asked(referral))
	fields = [referral.name, referral.outcome, referral.confirmed_on]
	if after == After.PAID:
		query = query.left_join(paid).on(paid.referral == referral.name)
		first_paid = Max(paid.paid_on)
		fresh = (ended_on >= since) | (first_paid >= since)
	else:
		first_paid = None
		fresh = (ended_on >= since) | (Max(referral.confirmed_on) >= since)
	rows = query.select(*fields, ended_on, *([first_paid] if first_paid else []))
	rows = rows.groupby(*fields).having(fresh).orderby(referral.name).run()
	return [
		(
			name,
			Ending(
				getdate(ended), outcome in _HIRED, confirmed, getdate(more[0]) if more and more[0] else None
			),
		)
		for name, outcome, confirmed, ended, *more in rows
	]


def _not_all_asked(referral):
	"""Say within a query that one of the two was not asked yet."""
	invitation = DocType(INVITATION)
	both = [
		ExistsCriterion(
			frappe.qb.from_(invitation)
			.select(invitation.name)
			.where((invitation.referral == referral.name) & (invitation.role == role.value))
		)
		for role in Role
	]
	return (both[0] & both[1]).negate()


def _first_pay_outs():
	reward = DocType("Referral Reward")
	query = frappe.qb.from_(reward).where(reward.state.isin(sorted(HANDED_OVER)) & reward.paid_on.isnotnull())
	return (
		query.select(reward.referral, Min(reward.paid_on).as_("paid_on")).groupby(reward.referral).as_("paid")
	)
