"""Keeps a referral where HRMS says it is: lock, gather, derive, record what moved. Nothing here commits."""

from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub.referrals import timeline
from referral_hub.referrals.facts import Followed, gather
from referral_hub.referrals.rules.moves import Kind, Move, moves
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage, State, derive

_MOVING = frozenset({Kind.STAGE, Kind.OUTCOME, Kind.CORRECTION})


def refresh(referral: Document | str) -> bool:
	"""Derive a referral from HRMS again and record what moved; say whether anything did."""
	name = referral if isinstance(referral, str) else referral.name
	row = frappe.get_doc("Referral", name, for_update=True)
	now = now_datetime()
	facts = gather([followed(row)], locking=_is_older_snapshot(row))[name]
	before = recorded_state(row)
	after = derive(facts, now, before)
	if after.fingerprint == row.facts_digest:
		return False
	_Change(row, before, after, now).write()
	if isinstance(referral, Document):
		referral.reload()
	return True


@dataclass
class _Change:
	"""One referral on its way from one state to another; its row is locked."""

	row: Document
	before: State
	after: State
	now: datetime

	def write(self) -> None:
		announced = timeline.announced_interviews(self.row.name) if self.after.appointments else {}
		happened = moves(self.before, self.after, announced, self.now)
		last_seq = self.row.last_event_seq or 0
		self.row.db_set(self._values(happened, last_seq), notify=True)
		timeline.record(self.row.name, last_seq, happened)

	def _values(self, happened: list[Move], last_seq: int) -> dict:
		values = state_values(self.after) | {
			"facts_digest": self.after.fingerprint,
			"refreshed_on": self.now,
			"last_event_seq": last_seq + len(happened),
		}
		if any(move.kind in _MOVING for move in happened):
			values["stage_changed_on"] = self.now
		return values


def followed(row) -> Followed:
	return Followed(*(row.get(name) for name in Followed._fields))


def recorded_state(row) -> State:
	"""Return the state as the Referral has it; interview dates live in the timeline."""
	return State(
		stage=Stage(row.stage),
		outcome=Outcome(row.outcome),
		reason=row.reason,
		offered_on=row.offered_on,
		joined_on=row.joined_on,
		confirmed_on=row.confirmed_on,
		left_on=row.left_on,
		hired_employee=row.hired_employee,
		no_show_proposed_on=row.no_show_proposed_on,
		applicant_is_gone=bool(row.applicant_deleted),
	)


def state_values(state: State) -> dict:
	return {
		"stage": state.stage.value,
		"outcome": state.outcome.value,
		"reason": state.reason,
		"next_interview_on": state.next_interview_on,
		"offered_on": state.offered_on,
		"joined_on": state.joined_on,
		"confirmed_on": state.confirmed_on,
		"left_on": state.left_on,
		"hired_employee": state.hired_employee,
		"no_show_proposed_on": state.no_show_proposed_on,
		"applicant_deleted": int(state.applicant_is_gone),
	}


def _is_older_snapshot(locked: Document) -> bool:
	"""Say whether this transaction began before the last refresh was committed.

	Then its plain reads could show HRMS as it was before that refresh, and the referral would wrongly go back.
	"""
	fields = ("facts_digest", "last_event_seq", "closed_as")
	seen = frappe.db.get_value("Referral", locked.name, fields, cache=False)
	return seen != tuple(locked.get(field) for field in fields)
