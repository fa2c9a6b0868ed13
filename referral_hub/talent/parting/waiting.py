"""Who is asked just now to call somebody: a step goes to the person from whose day it counts, and says why that person is called."""

import frappe
from frappe.utils import escape_html, getdate

from referral_hub.talent.cadence import people, wording
from referral_hub.talent.parting import naming
from referral_hub.talent.rules.cadence import LIVING
from referral_hub.wording import languages

RECORD, PROMPT = "Talent Pool Record", naming.PROMPT


def give(record: str, other: str) -> None:
	"""Let a step that waits and counts from the other person's day, not from that of who stays, be the other's."""
	began, began_of_other = (people.started_on(_read(name)) for name in (record, other))
	for row in _steps(record):
		if getdate(row.started_on) == began_of_other != began:
			naming.hand_over(row, other)


def say_why(record: str) -> None:
	"""Let each step that waits, and the task of whoever is asked, say the reason of the record as it is now."""
	person, facts = _read(record), wording.Facts()
	for row in _steps(record):
		before = frappe.parse_json(row.why_facts)
		now = {**before, **_reason(facts(person, before["days"]))}
		if now != before:
			kept = frappe.as_json(now, indent=None)
			frappe.db.set_value(PROMPT, row.name, "why_facts", kept, update_modified=False)
			_say_in_tasks(row, before, now)


def _reason(known: dict) -> dict:
	return {field: known[field] for field in ("reason", "given", "given_zh")}


def _read(record: str):
	return frappe.db.get_value(RECORD, record, people.READ, as_dict=True)


def _steps(record: str) -> list:
	waits = {"record": record, "state": ("in", sorted(LIVING)), "why_facts": ("is", "set")}
	return frappe.get_all(PROMPT, waits, ["name", "prompt_key", "started_on", "caller", "why_facts"])


def _say_in_tasks(row, before: dict, now: dict) -> None:
	with languages.speaking_to(row.caller):
		was, said = (escape_html(wording.in_words(None, facts)) for facts in (before, now))
	about = {"reference_type": PROMPT, "reference_name": row.name, "description": ("is", "set")}
	for task in frappe.get_all("ToDo", about, ["name", "description"]):
		words = task.description.replace(was, said)
		frappe.db.set_value("ToDo", task.name, "description", words, update_modified=False)
