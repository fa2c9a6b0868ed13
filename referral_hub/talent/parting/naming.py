"""Says the name of the one person in what names somebody, and gives the other person what is written about them alone.

Prompts and requests that no contact ended can't be chosen: their words say whose they are.
"""

import frappe
from frappe.utils import escape_html

from referral_hub.forgotten.spellings import Spellings
from referral_hub.talent.rules.identity import Side

PROMPT, REQUEST = "Talent Prompt", "Recall Request"
_NAMED = (PROMPT, REQUEST, "Talent Signal")
_WORDS = {
	PROMPT: ("why", "closed_because"),
	REQUEST: ("subject", "words", "note", "answer_words", "closed_because"),
}


def give(record: str, other: str, own: Side, theirs: Side) -> None:
	"""Give the other person's record what names them and not who stays; what names both stays, without them."""
	mine, of_other = _spelled(own, theirs), _spelled(theirs, own)
	for doctype, fields in _WORDS.items():
		about = {"record": record, "interaction": ("is", "not set")}
		columns = ["name", *fields, *(["prompt_key"] if doctype == PROMPT else [])]
		for row in frappe.get_all(doctype, about, columns):
			said = {field: row[field] for field in fields if of_other.stand_in(row[field] or "")}
			if said and not any(mine.stand_in(row[field] or "") for field in fields):
				hand_over(row, other, doctype)
			elif said:
				kept = {field: of_other.replace(text, other) for field, text in said.items()}
				frappe.db.set_value(doctype, row.name, kept, update_modified=False)


def _spelled(side: Side, but: Side) -> Spellings:
	"""Return how one of the two is written, and not the other: they may share a number."""
	return Spellings(side.names - but.names, side.emails - but.emails, side.phones - but.phones)


def hand_over(row, other: str, doctype: str = PROMPT) -> None:
	"""Let a prompt or a request be the other person's; the step of a prompt is free again for who stays, and is asked of them in its time."""
	_record, _colon, step = (row.prompt_key or "").partition(":")
	key = {"prompt_key": f"{other}:{step}"} if step else {}
	frappe.db.set_value(doctype, row.name, {"record": other, **key}, update_modified=False)


def say(record: str) -> None:
	"""Say the name of the one person in what says a name, also in the task of whoever is to call them."""
	now = frappe.db.get_value("Talent Pool Record", record, "person_name")
	for doctype in _NAMED:
		rows = frappe.get_all(
			doctype, {"record": record, "person_name": ("!=", now)}, ["name", "person_name"]
		)
		for row in rows:
			frappe.db.set_value(doctype, row.name, "person_name", now, update_modified=False)
			_say_in_tasks(doctype, row.name, row.person_name, now)


def _say_in_tasks(doctype: str, name: str, before: str, now: str) -> None:
	about = {"reference_type": doctype, "reference_name": name, "description": ("is", "set")}
	for task in frappe.get_all("ToDo", about, ["name", "description"]) if before else ():
		said = task.description.replace(escape_html(before), escape_html(now))
		frappe.db.set_value("ToDo", task.name, "description", said, update_modified=False)
