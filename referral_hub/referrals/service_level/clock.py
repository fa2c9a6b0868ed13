"""The clock of a referral: from the settings, the program and the company's Holiday List to the next word due.

`Clock` reads each calendar and each program once, so that a hundred thousand referrals cost a handful of queries.
Called by following (a move), making (a new referral), words and watching.
"""

from datetime import date
from functools import cached_property

import frappe
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from referral_hub.people.workdays import read_calendar
from referral_hub.referrals.policy import settings
from referral_hub.referrals.rules import sla
from referral_hub.referrals.rules.sla import STAGES_WITH_A_CLOCK, Waiting, WorkCalendar

_FIELDS = {stage: f"sla_{stage.lower()}" for stage in STAGES_WITH_A_CLOCK}


class Clock:
	"""The service levels as they are now."""

	def __init__(self):
		self._calendars: dict[str | None, WorkCalendar] = {}
		self._programs: dict[str | None, dict[str, int]] = {}

	def due(self, waiting: Waiting, company: str | None, program: str | None) -> date | None:
		return sla.next_word_due(waiting, self.levels(program), self.calendar(company))

	def levels(self, program: str | None) -> dict[str, int]:
		if program not in self._programs:
			self._programs[program] = _levels_of_program(program) or self._general
		return self._programs[program]

	def calendar(self, company: str | None) -> WorkCalendar:
		if company not in self._calendars:
			self._calendars[company] = read_calendar(company)
		return self._calendars[company]

	@cached_property
	def _general(self) -> dict[str, int]:
		row = settings()
		return sla.levels_of({stage: row.get(field) for stage, field in _FIELDS.items()})


def _levels_of_program(program: str | None) -> dict[str, int] | None:
	row = program and frappe.get_cached_value(
		"Referral Program", program, list(_FIELDS.values()), as_dict=True
	)
	return sla.levels_of({stage: row[field] for stage, field in _FIELDS.items()}) if row else None


def start(referral: Document) -> None:
	"""Set the clock of a referral that is being made: the receipt is the first word."""
	now = now_datetime()
	referral.last_word_on, referral.clock_from = now, getdate(now)
	referral.next_word_due = due_of(referral)


def after_look(row: Document, values: dict, moved: bool) -> dict:
	"""Return what a look at HRMS means for the clock; `values` are the columns that look is about to write."""
	now, seen = now_datetime(), {**row.as_dict(), **values}
	interview = values.get("next_interview_on")
	set_to = {
		"clock_from": sla.clock_from(getdate(now), moved, interview and getdate(interview), row.clock_from)
	}
	if moved:
		set_to |= {"last_word_on": now, "promised_by": None}
	return set_to | {"next_word_due": due_of(frappe._dict(seen | set_to))}


def due_of(row, clock: Clock | None = None) -> date | None:
	"""Return when the next word is due for a Referral as it stands in `row`."""
	return (clock or Clock()).due(waiting_of(row), row.company, row.program)


def waiting_of(row) -> Waiting:
	return Waiting(
		stage=row.stage,
		is_open=row.outcome == "Open",
		clock_from=row.clock_from and getdate(row.clock_from),
		promised_by=row.promised_by and getdate(row.promised_by),
	)
