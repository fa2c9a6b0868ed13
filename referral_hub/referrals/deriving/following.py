"""Keeps a referral where HRMS says it is: lock, gather, derive, record what moved. Nothing here commits.

What was told is in the timeline, which only grows; the columns of the Referral are its shadow, and are mended when
somebody wrote to them.
"""

from dataclasses import dataclass, replace
from datetime import datetime

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub.referrals.deriving import corrections, returning, timeline
from referral_hub.referrals.deriving.facts import Followed, gather
from referral_hub.referrals.making import ownership
from referral_hub.referrals.rules import stays
from referral_hub.referrals.rules.moves import Kind, Move, changed_by_hand, moves
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage, State, derive
from referral_hub.referrals.service_level import clock

STATE_COLUMNS = (
	"stage",
	"outcome",
	"reason",
	"hint",
	"next_interview_on",
	"offered_on",
	"joined_on",
	"confirmed_on",
	"left_on",
	"hired_employee",
	"no_show_proposed_on",
	"applicant_deleted",
	"rejected_by_offer",
	"cancelled_declines",
	"stays",
)
_MOVING = frozenset({Kind.STAGE, Kind.OUTCOME, Kind.CORRECTION})


def refresh(referral: Document | str) -> bool:
	"""Derive a referral from HRMS again and record what moved; say whether anything did."""
	name = referral if isinstance(referral, str) else referral.name
	row = frappe.get_doc("Referral", name, for_update=True)
	now, is_older = now_datetime(), _is_older_snapshot(row)
	facts = gather([followed(row)], locking=is_older)[name]
	changed = corrections.adopt(row, facts) | _credit_again(row, facts)
	recorded = recorded_state(row)
	if not is_recorded(row.facts_digest, _columns_of(row), derive(facts, now, recorded)):
		told = timeline.last_told(name, is_older) or _told_by(row)
		before = replace(recorded, stage=Stage(told.stage), outcome=Outcome(told.outcome))
		after = derive(facts, now, before)
		_Change(row, before, after, told.seq, now, _made(facts)).write()
		returning.look(row, before, after)
		changed = True
	if changed and isinstance(referral, Document):
		referral.reload()
	return changed


def _credit_again(row, facts) -> bool:
	"""Write the credit on an applicant who lost it; say whether it was lost. Who was erased stays so."""
	if not facts.credit_was_lost or row.erased_on:
		return False
	ownership.credit_again(row.name, row.job_applicant)
	return True


@dataclass
class _Change:
	"""One referral on its way from what its timeline told to what the facts say; its row is locked."""

	row: Document
	before: State
	after: State
	last_seq: int
	now: datetime
	# what HRMS has of interviews, by name and by round
	made: frozenset[str] = frozenset()

	def write(self) -> None:
		had_one = self.after.appointments or self.row.next_interview_on
		announced = timeline.announced_interviews(self.row.name) if had_one else {}
		happened = moves(self.before, self.after, announced, self.now, self.made)
		if self._was_changed_by_hand():
			happened.append(changed_by_hand(self.after, self._differences(), self.now))
		self.row.db_set(self._values(happened), notify=True)
		timeline.record(self.row.name, self.last_seq, happened)

	def _was_changed_by_hand(self) -> bool:
		"""The row says what was neither told nor derived: a note keeps it, and lets rewards follow the facts again."""
		found = (self.row.stage, self.row.outcome)
		is_as_derived = self.after.fingerprint == self.row.facts_digest
		return found != (self.before.stage, self.before.outcome) or is_as_derived

	def _differences(self) -> dict:
		found, derived = _columns_of(self.row), state_values(self.after)
		pairs = zip(STATE_COLUMNS, found, derived.values(), strict=True)
		return {name: [was, now] for name, was, now in pairs if not _same(was, now)}

	def _values(self, happened: list[Move]) -> dict:
		values = state_values(self.after) | {
			"facts_digest": self.after.fingerprint,
			"refreshed_on": self.now,
			"last_event_seq": self.last_seq + len(happened),
		}
		if any(move.kind in _MOVING for move in happened):
			values["stage_changed_on"] = self.now
		return values | clock.after_look(self.row, values, moved=bool(happened))


def _made(facts) -> frozenset[str]:
	"""Name the interviews by what the timeline may know them: its oldest entries have only the round."""
	return frozenset(name for each in facts.interviews for name in (each.name, each.round))


def followed(row) -> Followed:
	return Followed(*(row.get(name) for name in Followed._fields))


def recorded_state(row) -> State:
	"""Return the state as the Referral has it; interview dates live in the timeline."""
	return State(
		stage=_known(Stage, row.stage, Stage.INVITED),
		outcome=_known(Outcome, row.outcome, Outcome.OPEN),
		reason=row.reason,
		hint=row.hint or None,
		offered_on=row.offered_on,
		joined_on=row.joined_on,
		confirmed_on=row.confirmed_on,
		left_on=row.left_on,
		hired_employee=row.hired_employee,
		no_show_proposed_on=row.no_show_proposed_on,
		applicant_is_gone=bool(row.applicant_deleted),
		rejected_by_offer=bool(row.rejected_by_offer),
		cancelled_declines=row.cancelled_declines or 0,
		stays=stays.read(row.stays),
	)


def state_values(state: State) -> dict:
	"""Return the state as the columns of the Referral."""
	return dict(zip(STATE_COLUMNS, _values_of(state), strict=True))


def is_recorded(digest: str | None, columns: tuple, state: State) -> bool:
	"""Say whether a Referral has this state: in its digest, and in every column, which somebody may have written to."""
	if digest != state.fingerprint:
		return False
	values = _values_of(state)
	return columns == values or all(map(_same, columns, values))


def _values_of(state: State) -> tuple:
	return (
		state.stage.value,
		state.outcome.value,
		state.reason,
		state.hint,
		state.next_interview_on,
		state.offered_on,
		state.joined_on,
		state.confirmed_on,
		state.left_on,
		state.hired_employee,
		state.no_show_proposed_on,
		int(state.applicant_is_gone),
		int(state.rejected_by_offer),
		state.cancelled_declines,
		stays.written(state.stays),
	)


def _columns_of(row) -> tuple:
	return tuple(row.get(name) for name in STATE_COLUMNS)


def _same(one, other) -> bool:
	return (one or None) == (other or None)


def _known(kind: type[Stage] | type[Outcome], value: str | None, otherwise):
	"""Read a column that may hold anything once somebody has written to it."""
	return next((each for each in kind if each == value), otherwise)


def _told_by(row) -> frappe._dict:
	state = recorded_state(row)
	return frappe._dict(seq=row.last_event_seq or 0, stage=state.stage, outcome=state.outcome)


def _is_older_snapshot(locked: Document) -> bool:
	"""Say whether this transaction began before the last refresh was committed.

	Then its plain reads could show HRMS as it was before that refresh, and the referral would wrongly go back.
	"""
	fields = ("facts_digest", "last_event_seq", "closed_as")
	seen = frappe.db.get_value("Referral", locked.name, fields, cache=False)
	return seen != tuple(locked.get(field) for field in fields)
