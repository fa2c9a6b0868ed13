"""The side of who answers: the manager whose question it is, on the portal, or HR of the company, in the desk.

Every function takes the user who acts. A manager reaches what was handed to them and never what only HR may see; nobody answers
their own. Called by the portal and by the form of Path Feedback.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub.paths.feedback import book, clock, goals, reading, routing, telling
from referral_hub.paths.rules.feedback import Act, Side, State, was_in_time
from referral_hub.people.employments import users_of
from referral_hub.permissions import is_hr


class OwnQuestion(frappe.PermissionError):
	"""Nobody answers their own question."""


class NotTheirGoals(frappe.PermissionError):
	"""A colleague who was handed a question agrees on no goals with the one who asked."""


class CantTake(frappe.ValidationError):
	"""This user can't be given the question."""


def answer(name: str, user: str, words: str) -> None:
	"""Answer, which stops the clock."""
	row, text, now = lock(name, user), book.said(words), now_datetime()
	kept = {"answered_on": now, "answered_by": user}
	if row.round_number == 1:
		in_time = was_in_time(clock.aware(now), clock.standing_of(row).due)
		hours = clock.hours_between(row.answerer, row.company, row.clock_from, now)
		kept |= {"in_time": int(in_time), "hours_taken": hours}
	book.move(row, Act.ANSWER, Side.ANSWERER, text, **kept)
	telling.answered(row)


def say(name: str, user: str, words: str) -> None:
	"""Ask back, or say that it takes a while: the clock runs on."""
	row, text = lock(name, user), book.said(words)
	telling.word_to_asker(row, book.move(row, Act.SAY, Side.ANSWERER, text))


def hand_to(name: str, user: str, to_user: str, words: str = "") -> None:
	"""Give an open question to somebody else; the clock does not begin anew."""
	row, text = lock(name, user), book.said(words, needed=False)
	if to_user == row.answerer or not routing.may_take(row, to_user):
		frappe.throw(
			_("{0} can't answer this question. Please choose somebody else.").format(
				telling.name_of(to_user)
			),
			CantTake,
		)
	entry = book.move(row, Act.HAND_ON, Side.ANSWERER, text, to_user=to_user, answerer=to_user)
	telling.asked(row, entry)


def hand_to_hr(name: str, user: str, words: str = "") -> None:
	"""A manager gives the question to HR, and can't read it any more."""
	row = lock(name, user)
	others = [found for found in _of_hr(row) if found != user]
	if not others:
		frappe.throw(_("There is nobody of HR to give this question to."), CantTake)
	hand_to(name, user, others[0], words)


def adjust_goal(name: str, user: str, goal: str, goal_name: str, end_date, why: str) -> None:
	"""Change what was agreed with the one who asked, as they read it in the conversation."""
	row, text = lock(name, user), book.said(why)
	if not may_adjust(row, user):
		frappe.throw(
			_("Only their manager, or HR, changes the goals of {0}.").format(row.employee_name), NotTheirGoals
		)
	if State(row.state) not in (State.OPEN, State.ANSWERED):
		frappe.throw(_("That can't be done any more. Please look at the question again."), book.NotNow)
	change = goals.adjust(row.employee, goal, goal_name, end_date, "" if row.only_hr else text)
	book.write(row, goal=goal)
	facts = frappe.as_json(change, indent=None)
	telling.word_to_asker(row, book.note(row, book.ADJUST, Side.ANSWERER, text, goal=goal, facts=facts))


def may_adjust(row, user: str) -> bool:
	"""Say whether this user agrees on goals with the one who asked: HR, or whoever they report to."""
	return is_hr(user) or user in routing.managers_of(row.employee)


def lock(name: str, user: str) -> Document:
	"""Lock a question for who may answer it."""
	row = book.lock(name)
	if not reading.is_answerers(row, user):
		raise book.NoQuestion(_("We could not find that"))
	if user in users_of(row.employee):
		frappe.throw(_("Nobody answers their own question. Please hand it to a colleague."), OwnQuestion)
	return row


def _of_hr(row) -> tuple[str, ...]:
	line = routing.again(row, only_hr=True)
	return tuple(filter(None, (line.answerer, *line.escalates_to)))
