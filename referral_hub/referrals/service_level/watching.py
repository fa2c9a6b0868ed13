"""Looks at every open referral once a day: sets the clocks that settings or holidays have moved, reminds where one ran out.

Reads some thousands at a time in a constant number of queries and writes only what differs or is overdue, each in a
transaction of its own. A run that was killed goes on where it stopped. Reminded once: Referral Nudge is UNIQUE for a record,
a due date and a step, whatever runs at the same time.
"""

from datetime import date, datetime
from typing import NamedTuple

import frappe
from frappe.query_builder import DocType
from frappe.utils import getdate, now_datetime

from referral_hub import kept
from referral_hub.referrals.policy import settings
from referral_hub.referrals.rules import sla
from referral_hub.referrals.rules.sla import STAGES_WITH_A_CLOCK, Step, Waiting
from referral_hub.referrals.service_level.clock import Clock, due_of

BATCH = 2000
_SAVEPOINT = "referral_hub_nudge"
_COLUMNS = (
	"name",
	"stage",
	"company",
	"program",
	"clock_from",
	"promised_by",
	"next_word_due",
	"recruiter_reminded_on",
	"manager_told_on",
)


class Batch(NamedTuple):
	"""What one look found: clocks to be set, words overdue, and where to go on; `last` is empty at the end."""

	stale: list[str]
	overdue: list[str]
	last: str | None


def look(after: str, clock: Clock, today: date, limit: int = BATCH) -> Batch:
	"""Look at the next open referrals by name. Writes nothing."""
	rows, days = _read(after, limit), settings().sla_escalation_days or 0
	stale, overdue = [], []
	for row in rows:
		name, stage, company, program, clock_from, promised_by, recorded, *told = row
		due = clock.due(Waiting(stage, True, clock_from, promised_by), company, program)
		if due != recorded or clock_from is None:
			stale.append(name)
		if due and due < today and _is_untold(due, today, days, clock.calendar(company), *told):
			overdue.append(name)
	return Batch(stale, overdue, rows[-1][0] if len(rows) == limit else None)


def set_clock(referral: str) -> None:
	"""Bring the due date of one referral up to what settings, program and holidays say now."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	if row.outcome != "Open":
		return
	values = {} if row.clock_from else {"clock_from": getdate(now_datetime())}
	values["next_word_due"] = due_of(frappe._dict(row.as_dict() | values))
	row.db_set(values, update_modified=False)


def remind(referral: str) -> None:
	"""Remind whoever is to be reminded by today, each once for this due date."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	clock, today, now = Clock(), getdate(now_datetime()), now_datetime()
	due = due_of(row, clock)
	if row.outcome != "Open" or not due:
		return
	days, calendar = settings().sla_escalation_days or 0, clock.calendar(row.company)
	for step in sla.steps_due(due, today, days, calendar):
		nudge(row.doctype, row.name, due, step)
		if column := _TOLD_IN.get(step):
			if not _told_since(row.get(column), due):
				row.db_set(column, now, update_modified=False)


def overdue_questions(today: date) -> list[str]:
	"""Return the questions of employees that should have been answered before today."""
	late = {"state": "Open", "due_on": ("<", today)}
	return frappe.get_all("Referral Dispute", late, pluck="name", order_by="name asc")


def remind_of_question(question: str) -> None:
	"""Remind whoever has to answer by today, then the HR Manager, each once for this due date."""
	row = frappe.get_doc("Referral Dispute", question, for_update=True)
	due, today = row.due_on and getdate(row.due_on), getdate(now_datetime())
	if row.state != "Open" or not due:
		return
	calendar = Clock().calendar(row.company)
	for step in sla.steps_due(due, today, settings().sla_escalation_days or 0, calendar):
		if step is not Step.REFERRER:
			nudge(row.doctype, row.name, due, step)


def nudge(doctype: str, name: str, due: date, step: Step) -> bool:
	"""Record a reminder, which sends it; say whether it was the first of its kind."""
	key = {"reference_doctype": doctype, "reference_name": name, "due_on": due, "step": step.value}
	if frappe.db.exists("Referral Nudge", key):
		return False
	doc = frappe.new_doc("Referral Nudge").update({**key, "told_on": now_datetime()})
	frappe.db.savepoint(_SAVEPOINT)
	try:
		with kept.writing(doc):
			doc.insert(ignore_permissions=True)
	except frappe.UniqueValidationError:
		frappe.db.rollback(save_point=_SAVEPOINT)
		frappe.clear_last_message()
		return False
	frappe.db.release_savepoint(_SAVEPOINT)
	return True


_TOLD_IN = {Step.RECRUITER: "recruiter_reminded_on", Step.MANAGER: "manager_told_on"}


def _is_untold(due: date, today: date, days: int, calendar, reminded: datetime | None, told: datetime | None):
	"""Say whether somebody is still to be told, so that what was told is not locked again every day."""
	done = {Step.RECRUITER: reminded, Step.REFERRER: reminded, Step.MANAGER: told}
	steps = sla.steps_due(due, today, days, calendar)
	return any(not _told_since(done[step], due) for step in steps)


def _told_since(told_on: datetime | None, due: date) -> bool:
	return told_on is not None and getdate(told_on) > due


def _read(after: str, limit: int) -> list[tuple]:
	# of its own accord the database goes through all open referrals for each batch, from the first: forced, it seeks `after`
	table = DocType("Referral")
	return (
		frappe.qb.from_(table)
		.force_index("outcome")
		.select(*(table[name] for name in _COLUMNS))
		.where((table.name > after) & (table.outcome == "Open") & table.stage.isin(STAGES_WITH_A_CLOCK))
		.orderby(table.name)
		.limit(limit)
		.run()
	)
