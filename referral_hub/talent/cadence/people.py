"""Reads who stands where in their cadence: some hundreds in the same number of queries."""

from collections import defaultdict
from datetime import date, datetime

import frappe
from frappe.utils import cint, get_datetime, getdate

from referral_hub.database.prepared import Prepared, given
from referral_hub.talent.archive.contacts import IN
from referral_hub.talent.cadence.closing import DOCTYPE as PROMPT
from referral_hub.talent.rules import cadence
from referral_hub.talent.rules.cadence import Asked, Limits, Person, Step
from referral_hub.talent.states import IN_POOL

DOCTYPE, CONTACT = "Talent Pool Record", "Talent Interaction"
_OF_CONTACT = ("record", "direction", "happened_on")
READ = [
	*("name", "person_name", "reason", "reason_given", "company", "state", "state_on", "happened_on"),
	*("captured_on", "creation", "applied_for", "likelihood", "likelihood_parts", "next_prompt_on"),
	"matched_on",
]
USUAL = (Step(30, "Greeting"), Step(90, "News"), Step(180, "Opening"))


def steps() -> tuple[Step, ...]:
	"""Return the steps of the settings, the usual ones where HR has written none; none at all when it is switched off."""
	settings = frappe.get_cached_doc("Referral Hub Settings")
	if not cint(settings.prompt_calls):
		return ()
	rows = settings.get("cadence_steps") or ()
	return tuple(Step(cint(row.after_days), row.purpose, row.reason or None) for row in rows) or USUAL


def limits(company: str | None, today: date) -> Limits:
	"""Return how often is too often, and whether today is a day off of the company."""
	settings = frappe.get_cached_doc("Referral Hub Settings")
	off = frozenset({today}) if _is_day_off(company, today) else frozenset()
	return Limits(cint(settings.quiet_days), cint(settings.most_unanswered), off)


def known(rows: list) -> dict[str, Person]:
	"""Return the people of these records, read with READ."""
	names = [row.name for row in rows]
	asked, contacts = _by_record(_prompts(names)), _by_record(_contacts(names))
	return {row.name: _person(row, asked[row.name], contacts[row.name]) for row in rows}


def now(record) -> Person:
	"""Return the person of a record that the caller has locked, with every contact there is: also those written while the lock was waited for."""
	prompts = _prompts([record.name])
	return _person(record, prompts, _contacts_by_now(record.name))


def started_on(row) -> date:
	return day_of(row.happened_on or row.captured_on or row.creation)


def day_of(value) -> date:
	"""Return the day. What the database has read is one already; to ask the platform for each of hundreds costs as much as reading them."""
	return value if type(value) is date else getdate(value)


def moment_of(value) -> datetime:
	return value if type(value) is datetime else get_datetime(value)


def _person(row, prompts: list, contacts: list) -> Person:
	since, started = moment_of(row.state_on or row.captured_on or row.creation), started_on(row)
	lately = [contact for contact in contacts if contact.happened_on >= since]
	return Person(
		started_on=started,
		entered_on=since.date(),
		may_be_called=row.state == IN_POOL,
		has_answered=any(contact.direction == IN for contact in lately),
		unanswered=len(lately),
		last_contact_on=max(
			(*(day_of(contact.happened_on) for contact in contacts), *_came_back_on(row)), default=None
		),
		prompts=tuple(
			Asked(_step_of(prompt), prompt.state, prompt.closed_on and day_of(prompt.closed_on))
			for prompt in prompts
			if day_of(prompt.started_on) == started or prompt.state in cadence.LIVING
		),
	)


def _came_back_on(row) -> list[date]:
	"""Who was matched with an opening, and is not any more, has just heard from us."""
	is_back = row.matched_on and row.state_on and moment_of(row.state_on) > moment_of(row.matched_on)
	return [day_of(row.state_on)] if is_back else []


def _step_of(prompt) -> int | None:
	"""One that somebody set for themselves is no step: its column says -1."""
	return prompt.after_days if prompt.after_days >= 0 else None


def _prompts(records: list[str]) -> list:
	return _prompts_of.run(as_dict=True, records=tuple(records)) if records else []


@Prepared
def _prompts_of():
	prompt = frappe.qb.DocType(PROMPT)
	columns = ("record", "after_days", "state", "closed_on", "started_on")
	return frappe.qb.from_(prompt).select(*columns).where(prompt.record.isin(given("records")))


def _contacts_by_now(record: str) -> list:
	where = {"record": record, "direction": ("!=", "")}
	return frappe.db.get_values(CONTACT, where, _OF_CONTACT, as_dict=True, for_update=True)


def _contacts(records: list[str]) -> list:
	return _contacts_of.run(as_dict=True, records=tuple(records)) if records else []


@Prepared
def _contacts_of():
	"""What was said between us; a remark alone has no direction."""
	contact = frappe.qb.DocType(CONTACT)
	query = frappe.qb.from_(contact).select(*_OF_CONTACT)
	return query.where(contact.record.isin(given("records")) & (contact.direction != ""))


def _by_record(rows: list) -> dict[str, list]:
	found = defaultdict(list)
	for row in rows:
		found[row.record].append(row)
	return found


def _is_day_off(company: str | None, day: date) -> bool:
	calendar = company and frappe.get_cached_value("Company", company, "default_holiday_list")
	return bool(calendar and frappe.db.exists("Holiday", {"parent": calendar, "holiday_date": day}))
