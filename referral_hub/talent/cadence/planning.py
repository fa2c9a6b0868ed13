"""Writes on each record when somebody is asked to call next, so that those of a day are found by an index, however many there are.

Every night for all, and at once for a record whose prompt was closed: what the settings, a contact or the state changed meanwhile is
followed within a day, whoever changed it.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from referral_hub.talent import states
from referral_hub.talent.cadence import people
from referral_hub.talent.rows import with_values
from referral_hub.talent.rules import cadence
from referral_hub.wording.counting import counted

DOCTYPE = people.DOCTYPE
CHUNK = 1000


def some(after: str = "") -> list[str]:
	"""Return those who are in the pool, by name, some hundreds at a time."""
	filters = {"name": (">", after), "state": states.IN_POOL}
	return frappe.get_all(DOCTYPE, filters, pluck="name", order_by="name asc", limit=CHUNK)


def store(records: list[str]) -> int:
	"""Write the days that have changed, and let those rest who never answer; return how many moved."""
	rows = with_values(DOCTYPE, "name", records, people.READ)
	persons, steps, changed = people.known(rows), people.steps(), 0
	limits = people.limits(None, getdate(nowdate()))
	for row in rows:
		person = persons[row.name]
		if cadence.why_over(person, limits) == "unanswered":
			person = _let_rest(row.name, limits)
		day = _next_day(row, person, steps, limits)
		if (row.next_prompt_on and getdate(row.next_prompt_on)) != day:
			frappe.db.set_value(DOCTYPE, row.name, "next_prompt_on", day, update_modified=False)
			changed += 1
	return changed


def _let_rest(record: str, limits: cadence.Limits) -> cadence.Person:
	"""Let somebody rest who never answers, as they stand by now; return that.

	Whoever said no, was hired or answered since this transaction began to read stays as they are.
	"""
	person = people.now(states.lock(record))
	if cadence.why_over(person, limits) == "unanswered":
		said = counted(
			person.unanswered, _("{0} contact without an answer."), _("{0} contacts without an answer.")
		).format(person.unanswered)
		states.put(record, states.RESTING, said)
	return person


def _next_day(row, person, steps, limits) -> date | None:
	found = cadence.upcoming(person, cadence.steps_for(row.reason, steps), limits)
	return found.on if found else None
