"""Asks people to call: a prompt, assigned to whoever knows the opening, with the reason to call now. Safe to run twice at once.

A prompt has a key with a UNIQUE index (person, time in the pool, step): whatever processes run, each step is asked for once.
"""

from collections.abc import Iterator
from datetime import date
from itertools import count

import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.query_builder import CustomFunction, Order
from frappe.utils import cint, getdate, now_datetime, nowdate

from referral_hub import kept
from referral_hub.database.prepared import Prepared, given
from referral_hub.talent import states
from referral_hub.talent.cadence import closing, people, planning, wording
from referral_hub.talent.cadence.callers import Callers, Free
from referral_hub.talent.capturing import applying
from referral_hub.talent.rules import cadence
from referral_hub.talent.rules.cadence import LIVING, OPEN, SNOOZED
from referral_hub.wording import languages

RECORD, DOCTYPE = people.DOCTYPE, closing.DOCTYPE
# of a prompt that somebody set for themselves
_NO_STEP = -1


class NoTimeToCall(frappe.ValidationError):
	"""A prompt can't be set for this person, or for this day."""


def due_prompts(today: date | str | None = None) -> list[dict]:
	"""Return who should be called, the most urgent first: {record, person_name, company, purpose, since, likelihood, by, because}.

	`because`: why now, in facts (`wording.in_words` says them in the reader's language). `by`: who should call. Nobody gets more
	than the settings say for a day; whoever is left comes on another.
	"""
	day = getdate(today or nowdate())
	free, caller_of, facts, found = Free(day), Callers(), wording.Facts(), []
	for planned in _planned(day):
		caller_of.know(planned)
		rows = [row for row in planned if free.has(caller_of(row))]
		shown = [
			_shown(row, step, caller_of(row), facts(row, _days(row, day))) for row, step in _due(rows, day)
		]
		shown.sort(key=lambda row: (-cadence.order(row["likelihood"], row["since"], day), row["record"]))
		found += [row for row in shown if free.take(row["by"])]
	return found


def ask(record: str) -> str | None:
	"""Ask somebody to call this person, if that is still due now; return the prompt."""
	person = states.lock(record)
	if applying.match_with_open(person):
		return None
	row, today = frappe._dict(person.as_dict()), getdate(nowdate())
	found = next(iter(_due([row], today)), None)
	if not found:
		planning.store([record])
		return None
	shown = _shown(row, found[1], Callers()(row), wording.Facts()(row, _days(row, today)))
	prompt = _insert(row, shown, found[1].step.after_days)
	frappe.db.set_value(RECORD, record, "next_prompt_on", None, update_modified=False)
	return prompt


def remind(record: str, on: str, why: str = "") -> str:
	"""Ask again on a day somebody chose themselves; a prompt that waits already is put off to it."""
	person = states.lock(record)
	if person.state in states.NOT_CALLED:
		frappe.throw(
			_("This person is not called: {0}.").format(_(person.state, context=RECORD)), NoTimeToCall
		)
	_check_future(on)
	waiting = closing.living(record)
	if waiting:
		closing.put_off(waiting[0], on)
		return waiting[0]
	values = {"state": SNOOZED, "until": getdate(on), "why": why, "caller": frappe.session.user}
	return _write(person, {**values, "purpose": "Other", "after_days": _NO_STEP})


def snooze(prompt: str, until: str) -> None:
	_check_future(until)
	if not closing.put_off(prompt, until):
		frappe.throw(_("This was answered already."), NoTimeToCall)


def skip(prompt: str, why: str) -> None:
	"""Leave this step out, and say why; the next one comes in its time."""
	if not why.strip():
		frappe.throw(_("Please say why."), NoTimeToCall)
	if not closing.close(prompt, cadence.SKIPPED, why.strip()[:500]):
		frappe.throw(_("This was answered already."), NoTimeToCall)
	planning.store([frappe.db.get_value(DOCTYPE, prompt, "record")])


def to_wake() -> list[str]:
	"""Return the prompts that were put off until today."""
	return frappe.get_all(DOCTYPE, {"state": SNOOZED, "until": ("<=", nowdate())}, pluck="name")


def wake(prompt: str) -> bool:
	row = frappe.get_doc(DOCTYPE, prompt, for_update=True)
	limits = people.limits(row.company, getdate(nowdate()))
	if row.state != SNOOZED or not cadence.wakes(getdate(row.until), limits, getdate(nowdate())):
		return False
	row.db_set({"state": OPEN, "until": None, "due_on": getdate(nowdate())})
	assign(row)
	return True


def to_stop() -> list[str]:
	"""Return the records of those who are not called any more and whom somebody is still asked to call.

	A day that somebody chose themselves stays while the person rests or is matched.
	"""
	prompt, record = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType(RECORD)
	query = frappe.qb.from_(prompt).join(record).on(prompt.record == record.name).select(record.name)
	is_a_step = prompt.after_days != _NO_STEP
	over = record.state.isin(sorted(states.NOT_CALLED)) | ((record.state != states.IN_POOL) & is_a_step)
	return query.where(prompt.state.isin(sorted(LIVING)) & over).distinct().run(pluck=True)


def stop(record: str) -> int:
	return closing.stop(record, _("This person is not called any more."))


def _due(rows: list, day: date) -> list[tuple]:
	persons, steps = people.known(rows), people.steps()
	limits = {company: people.limits(company, day) for company in {row.company for row in rows}}
	found = []
	for row in rows:
		mine = cadence.steps_for(row.reason, steps)
		step = cadence.due(persons[row.name], mine, limits[row.company], day)
		found += [(row, step)] if step else []
	return found


def _days(row, day: date) -> int:
	return (day - people.started_on(row)).days


def _shown(row, due, by: str | None, because: dict) -> dict:
	return {
		"record": row.name,
		"person_name": row.person_name,
		"company": row.company,
		"purpose": due.step.purpose,
		"since": due.since,
		"likelihood": cint(row.likelihood),
		"by": by,
		"because": because,
	}


def _planned(day: date) -> Iterator[list]:
	"""Read whose day has come, by the order of `rules.cadence.order`, a thousand at a time."""
	for at in count(0, planning.CHUNK):
		rows = _rows_of_day.run(as_dict=True, day=day, at=at, many=planning.CHUNK)
		yield rows
		if len(rows) < planning.CHUNK:
			return


@Prepared
def _rows_of_day():
	record = frappe.qb.DocType(RECORD)
	to_days = CustomFunction("TO_DAYS", ["day"])
	query = frappe.qb.from_(record).select(*(record[field] for field in people.READ))
	query = query.where((record.state == states.IN_POOL) & (record.next_prompt_on <= given("day")))
	query = query.orderby(record.likelihood - to_days(record.next_prompt_on), order=Order.desc)
	return query.orderby(record.name).limit(given("many")).offset(given("at"))


def _insert(row, shown: dict, after_days: int) -> str | None:
	values = {
		"state": OPEN,
		"purpose": shown["purpose"],
		"why_facts": frappe.as_json(shown["because"], indent=None),
		"caller": shown["by"],
	}
	values |= {"after_days": after_days, "due_on": getdate(nowdate())}
	key = f"{row.name}:{people.started_on(row)}:{after_days}"
	if frappe.db.exists(DOCTYPE, {"prompt_key": key}):
		return None
	return _write(row, {**values, "prompt_key": key})


def _write(row, values: dict) -> str:
	prompt = frappe.new_doc(DOCTYPE)
	prompt.update({"record": row.name, "person_name": row.person_name, "company": row.company})
	prompt.started_on = people.started_on(row)
	prompt.update({"due_on": values.get("until"), **values})
	with kept.writing(prompt):
		prompt.insert(ignore_permissions=True)
	if prompt.state == OPEN:
		assign(prompt)
	return prompt.name


def assign(prompt) -> None:
	if not prompt.caller:
		return
	with languages.speaking_to(prompt.caller):
		why = wording.in_words(prompt.why, prompt.why_facts)
		words = _("Call {person}. {why}").format(person=prompt.person_name, why=why)
	task = {"assign_to": [prompt.caller], "doctype": DOCTYPE, "name": prompt.name}
	task |= {"description": frappe.utils.escape_html(words), "date": prompt.due_on}
	before = len(frappe.local.message_log)
	assign_to.add(task, ignore_permissions=True)
	del frappe.local.message_log[before:]


def _check_future(day: str) -> None:
	if getdate(day) <= getdate(now_datetime()):
		frappe.throw(_("Please choose a day to come."), NoTimeToCall)
