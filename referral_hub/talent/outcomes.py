"""Reads what calling people back came to, for the report: whom we called, and what they did after that. Reads only.

A mail about an application under way calls nobody back. Answers are the contacts of the person; interest is what they said, a signal of
that kind or going further; applying again is HR's match to an opening, or an application of their own; hired is HRMS's Employee of that
application, or that they work here; retained is one who was here after half a year. Moments are compared: who answered or applied on the
morning before the call did not do so because of it. A joining date, which has no hour, counts as the end of its day.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time

import frappe
from frappe.utils import add_months, get_datetime, getdate, nowdate

from referral_hub.talent.archive.contacts import IN, OUT
from referral_hub.talent.rows import with_values
from referral_hub.talent.rules import outcomes
from referral_hub.talent.rules.outcomes import APPLIED, HIRED, INTERESTED, REPLIED, RETAINED, Call, Life, Rate

RECORD, CONTACT, PROMPT = "Talent Pool Record", "Talent Interaction", "Talent Prompt"
BY: dict[str, Callable[[Call], str]] = {
	"Reason": lambda call: call.reason,
	"Template": lambda call: call.template,
	"Sender": lambda call: call.sender,
	"Step": lambda call: call.step,
}
RETAINED_MONTHS = 6


def rates(by: str, since: date, until: date, company: str | None = None) -> dict[str, dict[str, Rate]]:
	"""Return {group: {outcome: Rate}} of the people called between two days, as far as the reader may see them."""
	calls = _calls(since, until, company)
	return outcomes.rates(calls, _lives({call.person for call in calls}), BY[by])


def behind(
	by: str, since: date, until: date, company: str | None, group: str | None, outcome: str | None
) -> list[frappe._dict]:
	"""Return the people behind a figure of `rates`, who was called last first; no group: of all, no outcome: whoever was called."""
	calls = _calls(since, until, company)
	groups = outcomes.called(calls, BY[by])
	lives = _lives({call.person for call in calls}) if outcome else {}
	first: dict[str, datetime] = {}
	for people in groups.values() if group is None else [groups.get(group, {})]:
		for person in outcomes.reached(people, lives, outcome) if outcome else people:
			first[person] = min(people[person], first.get(person, people[person]))
	fields = ["name", "person_name", "reason", "state", "matched_on", "hired_on", "company"]
	rows = [
		frappe._dict(row, called_on=first[row.name]) for row in with_values(RECORD, "name", first, fields)
	]
	return sorted(rows, key=lambda row: (row.called_on, row.name), reverse=True)


def _calls(since: date, until: date, company: str | None) -> list[Call]:
	where = {"direction": OUT, "of_application": 0, "happened_on": ("between", [since, until])}
	where |= {"company": company} if company else {}
	fields = ["name", "record", "happened_on", "template", "by_user", "record.reason"]
	rows = frappe.get_list(CONTACT, where, fields, limit_page_length=0)
	steps = _steps([row.name for row in rows])
	return [
		Call(
			row.record,
			get_datetime(row.happened_on),
			row.reason or "",
			row.template or "",
			row.by_user or "",
			steps.get(row.name, ""),
		)
		for row in rows
	]


def _steps(contacts: list[str]) -> dict[str, str]:
	"""Return the step a contact answered; one that nobody was asked for has none."""
	rows = with_values(PROMPT, "interaction", contacts, ["interaction", "after_days"])
	return {row.interaction: str(row.after_days) for row in rows if row.after_days >= 0}


def _lives(people: set[str]) -> dict[str, Life]:
	reached: dict[str, dict[str, list[datetime]]] = defaultdict(lambda: defaultdict(list))
	said = ["record", "happened_on", "is_interested"]
	for row in with_values(CONTACT, "record", people, said, direction=IN):
		reached[row.record][REPLIED].append(get_datetime(row.happened_on))
		if row.is_interested:
			reached[row.record][INTERESTED].append(get_datetime(row.happened_on))
	for row in with_values("Talent Signal", "record", people, ["record", "happened_on"], kind="Interested"):
		reached[row.record][INTERESTED].append(get_datetime(row.happened_on))
	rows = with_values(RECORD, "name", people, ["name", "matched_on", "job_applicant", "hired_on"])
	for row in rows:
		if row.matched_on:
			reached[row.name][APPLIED].append(get_datetime(row.matched_on))
	_add_hires(reached, {row.job_applicant: row.name for row in rows if row.job_applicant})
	for row in rows:
		# an Employee whom HR typed, without their application
		if row.hired_on and HIRED not in reached[row.name]:
			reached[row.name][HIRED].append(_end_of(getdate(row.hired_on)))
	return {
		person: Life({each: tuple(moments) for each, moments in by.items()}) for person, by in reached.items()
	}


def _add_hires(reached, person_of: dict[str, str]) -> None:
	today = getdate(nowdate())
	fields = ["job_applicant", "date_of_joining", "relieving_date"]
	for row in with_values("Employee", "job_applicant", person_of, fields):
		joined = row.date_of_joining and getdate(row.date_of_joining)
		if not joined or joined > today:
			continue
		mine = reached[person_of[row.job_applicant]]
		mine[HIRED].append(_end_of(joined))
		retained_on = getdate(add_months(joined, RETAINED_MONTHS))
		left_on = getdate(row.relieving_date) if row.relieving_date else None
		if retained_on <= today and (left_on is None or left_on >= retained_on):
			mine[RETAINED].append(_end_of(retained_on))


def _end_of(day: date) -> datetime:
	return datetime.combine(day, time.max)
