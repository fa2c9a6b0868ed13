"""Writes questions and what happened to them; the conversation only grows. Everybody else of this folder writes through here.

The question is locked before anything about it is decided, so that two answers, or an answer and a reminder, come one after the other.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub import kept
from referral_hub.paths.rules import feedback as rules
from referral_hub.paths.rules.feedback import Act, Side, State, Told

DOCTYPE, ENTRY = "Path Feedback", "Path Feedback Entry"
LONGEST = 2000
# what a line of the conversation is called; ASKED and ADJUST are beside what the rules know
ASKED, ADJUST = "asked", "adjust"
CALLED = {
	ASKED: "Asked",
	Act.SAY: "Wrote",
	Act.ANSWER: "Answered",
	Act.HAND_ON: "Handed Over",
	ADJUST: "Goal Adjusted",
	Act.SETTLE: "Settled",
	Act.REOPEN: "Asked Again",
	Act.WITHDRAW: "Taken Back",
	Act.CLOSE: "Closed by Time",
	Told.REMINDED: "First Reminder",
	Told.REMINDED_AGAIN: "Second Reminder",
	Told.ESCALATED: "Overdue",
}


class NoQuestion(frappe.DoesNotExistError):
	"""There is no such question for this person: another's and one that never was look the same."""


class NotNow(frappe.ValidationError):
	"""This side can't do this to the question as it stands."""


class NothingSaid(frappe.ValidationError):
	"""Words are missing, too many, or a rating is none."""


def lock(name: str) -> Document:
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def move(
	row: Document, act: Act, side: Side, words: str = "", to_user: str | None = None, **values
) -> Document:
	"""Do what the rules allow now, and return the line that keeps that it happened."""
	state = rules.after(State(row.state), act, side)
	if state is None:
		frappe.throw(_("That can't be done any more. Please look at the question again."), NotNow)
	write(row, state=state.value, **values)
	return note(row, act, side, words, to_user=to_user)


def write(row: Document, **values) -> None:
	row.update(values)
	row.flags.ignore_links = True  # who answered may be gone; that they did is not
	with kept.writing(row):
		row.insert(ignore_permissions=True) if row.is_new() else row.save(ignore_permissions=True)


def note(row: Document, act: str, side: Side, words: str = "", **facts) -> Document:
	"""Add one line to the conversation; the lock of the question makes the numbers follow each other."""
	entry = frappe.new_doc(ENTRY)
	by_user = None if side is Side.TIME else frappe.session.user
	entry.update(
		{
			"feedback": row.name,
			"seq": _last(row) + 1 if act != ASKED else 1,
			"act": CALLED[act],
			"side": side.value,
			"by_user": by_user,
		}
	)
	entry.update({"happened_on": now_datetime(), "words": words or None, **facts})
	entry.flags.ignore_links = True
	with kept.writing(entry):
		return entry.insert(ignore_permissions=True)


def _last(row: Document) -> int:
	"""Return the number of the last line, also of one that was written while this transaction waited for the question.

	Not asked of a question without a line: locking none would lock whatever is asked beside it.
	"""
	found = frappe.db.sql(f"select max(seq) from `tab{ENTRY}` where feedback = %s for update", row.name)
	return found[0][0] or 0


def said(words: str, needed: bool = True) -> str:
	"""Return what somebody wrote, or say what is wrong with it."""
	text = (words or "").strip()
	if needed and not text:
		frappe.throw(_("Please say it in a few words."), NothingSaid)
	if len(text) > LONGEST:
		frappe.throw(_("Please shorten this to {0} characters.").format(LONGEST), NothingSaid)
	return text


def forget_employee(employee: str) -> None:
	"""Delete every question of an Employee who is deleted, with all that was said."""
	for name in frappe.get_all(DOCTYPE, {"employee": employee}, pluck="name"):
		for entry in frappe.get_all(ENTRY, {"feedback": name}, pluck="name"):
			_delete(ENTRY, entry)
		_delete(DOCTYPE, name)


def forget_words(employee: str) -> None:
	"""Empty what was asked, answered and said about the answers; that somebody asked, and when, stays for the figures. Open ones end."""
	for row in frappe.get_all(DOCTYPE, {"employee": employee}, ["name", "state"]):
		kept_now = {"question": None, "rating_words": None}
		if State(row.state) not in rules.ENDED:
			ended = State.WITHDRAWN if row.state == State.OPEN else State.RESOLVED
			kept_now |= {"state": ended.value, "resolved_on": now_datetime()}
		frappe.db.set_value(DOCTYPE, row.name, kept_now)
		frappe.db.set_value(ENTRY, {"feedback": row.name}, {"words": None, "facts": None})


def _delete(doctype: str, name: str) -> None:
	options = {"force": True, "ignore_permissions": True, "ignore_on_trash": True, "delete_permanently": True}
	frappe.delete_doc(doctype, name, **options)
