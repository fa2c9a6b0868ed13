"""The newcomer's side: raises a question, says more, is content and rates it, asks again, takes it back.

Every function takes the Employee who acts; whatever is not theirs looks as if it did not exist. Called by the portal.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, now_datetime

from referral_hub.paths.feedback import book, clock, routing, telling
from referral_hub.paths.rules import feedback as rules
from referral_hub.paths.rules.feedback import Act, Side, State
from referral_hub.people.employments import records_of

TOPICS = ("Tasks", "Goals", "Training", "Team", "Working Time and Pay", "Other")
MOST_OPEN = 10


class NobodyAnswers(frappe.ValidationError):
	"""There is neither a manager nor anybody of HR who could answer."""


class TooManyQuestions(frappe.ValidationError):
	"""So many questions wait already that another would not help."""


def ask(employee: str, topic: str, question: str, only_hr: bool = False) -> Document:
	"""Raise a question; the same one that still waits is returned again."""
	text = book.said(question)
	frappe.db.get_value("Employee", employee, "name", for_update=True)  # two clicks, one question
	waiting = {"employee": ("in", records_of(employee)), "state": State.OPEN.value}
	same = waiting | {"question": text, "only_hr": cint(only_hr)}
	if found := frappe.db.get_value(book.DOCTYPE, same, for_update=True):
		return frappe.get_doc(book.DOCTYPE, found)
	_check_number(waiting)
	return _open(employee, topic if topic in TOPICS else TOPICS[-1], text, cint(only_hr))


def say(name: str, employee: str, words: str) -> None:
	"""Write more; of an answered question whoever answered hears it besides whose question it is now."""
	row, text = _own(name, employee), book.said(words)
	entry = book.move(row, Act.SAY, Side.ASKER, text, answerer=_answerer(row))
	for user in dict.fromkeys([row.answerer, _answered_by(row)]):
		telling.word_to_answerer(row, entry, user)


def settle(name: str, employee: str, rating: int | None, words: str = "") -> None:
	"""The answer is good: the question ends, with a rating if they give one."""
	row, text = _own(name, employee), book.said(words, needed=False)
	if not rules.is_rating(rating):
		frappe.throw(_("Please choose from 1 to 5."), book.NothingSaid)
	kept = {"rating": rating or 0, "rating_words": text or None, "resolved_on": now_datetime()}
	book.move(row, Act.SETTLE, Side.ASKER, text, **kept)


def reopen(name: str, employee: str, words: str) -> None:
	"""The answer left something open: it is asked again, with a clock of its own."""
	row, text = _own(name, employee), book.said(words)
	answerer = _answerer(row)
	begun = clock.started(answerer, row.company, now_datetime())
	kept = {"answerer": answerer, "round_number": cint(row.round_number) + 1, "answered_on": None, **begun}
	telling.asked(row, book.move(row, Act.REOPEN, Side.ASKER, text, **kept))


def withdraw(name: str, employee: str) -> None:
	row = _own(name, employee)
	book.move(row, Act.WITHDRAW, Side.ASKER, resolved_on=now_datetime())


def _answerer(row: Document) -> str | None:
	"""Return whose question it is, or is now where they have gone; who has gone while there is nobody else."""
	return row.answerer if routing.can_still_answer(row) else routing.again(row).answerer or row.answerer


def _answered_by(row: Document) -> str | None:
	"""Return who answered, as HR in the manager's place, while they may still read it."""
	is_theirs = row.state == State.ANSWERED and row.answered_by and routing.may_take(row, row.answered_by)
	return row.answered_by if is_theirs else None


def _own(name: str, employee: str) -> Document:
	own = {"name": str(name), "employee": ("in", records_of(employee))}
	if not frappe.db.exists(book.DOCTYPE, own):
		raise book.NoQuestion(_("We could not find that"))
	return book.lock(name)


def _check_number(waiting: dict) -> None:
	if frappe.db.count(book.DOCTYPE, waiting) >= MOST_OPEN:
		words = _("You have {0} questions waiting for an answer. Please wait for those first.")
		frappe.throw(words.format(MOST_OPEN), TooManyQuestions)


def _open(employee: str, topic: str, text: str, only_hr: int) -> Document:
	first = routing.route(employee, bool(only_hr)).answerer
	if not first:
		frappe.throw(_("Nobody can answer questions here yet. Please talk to HR in person."), NobodyAnswers)
	now, fields = now_datetime(), ["employee_name", "department", "company", "reports_to"]
	row, asker = frappe.new_doc(book.DOCTYPE), frappe.db.get_value("Employee", employee, fields, as_dict=True)
	manager = asker.pop("reports_to")
	row.kept_from = frappe.db.get_value("Employee", manager, "user_id") if only_hr and manager else None
	row.update(asker)
	row.update({"employee": employee, "topic": topic, "question": text, "only_hr": only_hr, "asked_on": now})
	row.update({"state": State.OPEN.value, "answerer": first, "round_number": 1})
	row.update(clock.started(first, row.company, now))
	book.write(row)
	telling.asked(row, book.note(row, book.ASKED, Side.ASKER))
	return row
