"""Questions of newcomers to their manager or HR, and their answers, under a clock."""

from datetime import date
from typing import Annotated, Literal

import frappe
from pydantic import Field

from referral_hub.api.contract import caller
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.problems import not_found
from referral_hub.api.contract.shapes import Done, Moment, Name, Shape, Text
from referral_hub.paths.feedback import answering, asking, book, reading
from referral_hub.portal.feedback import talk

Topic = Literal["Tasks", "Goals", "Training", "Team", "Working Time and Pay", "Other"]
Words = Annotated[str, Field(max_length=book.LONGEST)]


class Line(Shape):
	name: str
	topic: Text
	who: Text = Field(description="Who asked; empty for one's own.")
	question: Text
	standing: Text
	overdue: bool
	is_open: bool


class Entry(Shape):
	text: Text
	words: Text
	when: Moment | None
	changes: list[str]


class One(Shape):
	line: Line
	mine: bool
	entries: list[Entry]


class Asked(Shape):
	name: str


class Lines(Shape):
	asked: list[Line]
	to_answer: list[Line]


@reads
def mine() -> Lines:
	"""List what one asked, and what waits for one's answer, the first due first."""
	me = caller.employee().name
	asked = [_line(row, True) for row in reading.of_asker(me)]
	return {
		"asked": asked,
		"to_answer": [_line(row, False) for row in reading.for_answerer(frappe.session.user)],
	}


@reads
def one(name: Name) -> One:
	"""Return one question with all that was said."""
	row, mine = reading.find(name, caller.employee().name, frappe.session.user) or not_found()
	return {"line": _line(row, mine), "mine": mine, "entries": talk.entries(row, reading.talk(row.name))}


@changes
def ask(topic: Topic, question: Words, only_hr: bool = False) -> Asked:
	"""Ask one's manager, or HR alone; an answer is due within the time HR has set."""
	return {"name": asking.ask(caller.employee().name, topic, question, only_hr).name}


@changes
def say(name: Name, words: Words) -> Done:
	"""Add to a question: who asked says more, who answers asks back."""
	row, mine = _found(name)
	asking.say(row.name, caller.employee().name, words) if mine else answering.say(
		row.name, frappe.session.user, words
	)
	return {}


@changes
def settle(name: Name, rating: Annotated[int | None, Field(ge=1, le=5)] = None, words: Words = "") -> Done:
	"""Be content with an answer; 5: it helped a lot."""
	asking.settle(_of_asker(name), caller.employee().name, rating, words)
	return {}


@changes
def ask_again(name: Name, words: Words) -> Done:
	"""Ask again after an answer."""
	asking.reopen(_of_asker(name), caller.employee().name, words)
	return {}


@changes
def take_back(name: Name) -> Done:
	"""Take a question back."""
	asking.withdraw(_of_asker(name), caller.employee().name)
	return {}


@changes
def answer(name: Name, words: Words) -> Done:
	"""Answer a question."""
	answering.answer(_of_answerer(name), frappe.session.user, words)
	return {}


@changes
def hand_to_hr(name: Name, words: Words = "") -> Done:
	"""Let HR answer instead."""
	answering.hand_to_hr(_of_answerer(name), frappe.session.user, words)
	return {}


@changes
def adjust_goal(
	name: Name,
	goal: Name,
	goal_name: Annotated[str, Field(max_length=140)],
	end_date: date | None = None,
	why: Words = "",
) -> Done:
	"""Adjust a goal of whoever asked, because of the question."""
	answering.adjust_goal(_of_answerer(name), frappe.session.user, goal, goal_name, end_date, why)
	return {}


def _found(name: str):
	return reading.find(name, caller.employee().name, frappe.session.user) or not_found()


def _of_asker(name: str) -> str:
	row, mine = _found(name)
	return row.name if mine else not_found()


def _of_answerer(name: str) -> str:
	row, mine = _found(name)
	return not_found() if mine else row.name


def _line(row, mine: bool) -> dict:
	return {"name": row.name, **talk.line(row, mine)}
