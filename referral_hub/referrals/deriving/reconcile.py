"""Finds the referrals that are no longer where HRMS says they are, and brings them there.

Heals what no event told: HRMS writes some statuses with `db.set_value`, Redis may be away, and some things only
happen because a day has passed. Reads a thousand referrals at a time in a constant number of queries and touches
only those that differ. Run twice at once it does nothing twice: each refresh locks and looks again.
"""

from datetime import datetime
from typing import NamedTuple

import frappe
from frappe.query_builder import DocType
from frappe.utils import now_datetime

from referral_hub.referrals.deriving.corrections import contact_in
from referral_hub.referrals.deriving.facts import Followed, Masters, gather, read_masters
from referral_hub.referrals.deriving.following import STATE_COLUMNS, is_recorded, recorded_state, refresh
from referral_hub.referrals.rules.corrections import Contact
from referral_hub.referrals.rules.facts import Facts
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import depends_on_recorded, derive

BATCH = 1000
_STORED = ("facts_digest", "candidate_email", "candidate_phone", "company", "erased_on", *STATE_COLUMNS)
# These can move at any time; the others only when somebody takes a decision back.
_MOVING_OUTCOMES = (Outcome.OPEN.value, Outcome.HIRED.value)


class Batch(NamedTuple):
	"""What one look found: those that differ, and where to go on; `last` is empty at the end."""

	changed: list[str]
	last: str | None


def reconcile(since: datetime | None = None) -> int:
	"""Refresh every referral that moved; with `since`, leave out those closed and untouched since before. Doesn't commit."""
	changed, last, masters = 0, "", read_masters()
	while last is not None:
		batch = find_moved(last, since, masters)
		changed += sum(refresh(name) for name in batch.changed)
		last = batch.last
	return changed


def find_moved(
	after: str = "", since: datetime | None = None, masters: Masters | None = None, limit: int = BATCH
) -> Batch:
	"""Look at the next referrals by name and return those whose state differs from the facts. Writes nothing."""
	rows = _read(after, since, limit)
	if not rows:
		return Batch([], None)
	now = now_datetime()
	facts = gather([followed for followed, _stored in rows], masters)
	changed = [
		followed.name for followed, stored in rows if _differs(followed, stored, facts[followed.name], now)
	]
	return Batch(changed, rows[-1][0].name if len(rows) == limit else None)


def _read(after: str, since: datetime | None, limit: int) -> list[tuple[Followed, tuple]]:
	"""Read the next referrals with what they depend on and what they were derived to be."""
	table = DocType("Referral")
	query = (
		frappe.qb.from_(table)
		.select(*(table[name] for name in (*Followed._fields, *_STORED)))
		.where(table.name > after)
		.orderby(table.name)
		.limit(limit)
	)
	if since:
		query = query.where(
			table.outcome.isin(_MOVING_OUTCOMES)
			| (table.stage_changed_on >= since)
			| (table.modified >= since)  # somebody may have written to the row itself
		)
	split = len(Followed._fields)
	return [(Followed(*row[:split]), row[split:]) for row in query.run()]


def _differs(followed: Followed, stored: tuple, facts: Facts, now: datetime) -> bool:
	digest, email, phone, company, erased_on, *columns = stored
	recorded = None
	if depends_on_recorded(facts):
		recorded = recorded_state(frappe._dict(zip(STATE_COLUMNS, columns, strict=True)))
	if not is_recorded(digest, tuple(columns), derive(facts, now, recorded)):
		return True
	if erased_on:
		return False
	if facts.credit_was_lost:
		return True
	known = Contact(email, phone)
	return contact_in(facts, known, company) != known
