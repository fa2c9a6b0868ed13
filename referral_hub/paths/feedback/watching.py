"""Looks at open questions: reminds at half and at most of the time, tells HR when it is over, each once; closes what was answered long ago.

What an outage left undone is said once, by the latest moment. A question whose answerer has gone finds another. Each question is a
transaction of its own, begun by the task.
"""

import frappe
from frappe.query_builder import DocType
from frappe.utils import add_days, cint, now_datetime

from referral_hub.paths.feedback import book, clock, routing, telling
from referral_hub.paths.rules import feedback as rules
from referral_hub.paths.rules.feedback import Act, Side, State, Told
from referral_hub.paths.rules.worktime import HALF, MOST, WHOLE


def due() -> list[str]:
	"""Return the open questions of which something is to be said now. Writes nothing."""
	table, now = DocType(book.DOCTYPE), now_datetime()
	come = [(table[clock.FIELDS[share]] <= now) & (table.told_up_to < share) for share in (HALF, MOST, WHOLE)]
	query = frappe.qb.from_(table).select(table.name).orderby(table.due_on)
	return query.where((table.state == State.OPEN.value) & (come[0] | come[1] | come[2])).run(pluck=True)


def look(name: str) -> None:
	"""Say what is due of one question."""
	row = book.lock(name)
	found = rules.to_tell(clock.standing_of(row), clock.aware(now_datetime()))
	if not found:
		return
	share, told = found
	kept = {"told_up_to": share}
	if told is Told.ESCALATED:
		kept["escalated_on"] = row.escalated_on or now_datetime()
	book.write(row, **kept)
	book.note(row, told, Side.TIME)
	telling.waits(row, told, _listeners(row, told))


def _listeners(row, told: Told) -> tuple[str, ...]:
	if told is not Told.ESCALATED:
		return (row.answerer,)
	beyond = routing.again(row)
	return tuple(dict.fromkeys([row.answerer, *beyond.escalates_to]))


def without_answerer() -> list[str]:
	"""Return the open questions whose answerer can't sign in, or may not answer them any more."""
	fields = ["name", "answerer", "employee", "company", "only_hr", "kept_from"]
	rows = frappe.get_all(book.DOCTYPE, {"state": State.OPEN.value}, fields)
	return sorted(row.name for row in rows if not routing.can_still_answer(row))


def find_another(name: str) -> None:
	"""Give a question to who answers now; where nobody does, it waits, and is looked at again."""
	row = book.lock(name)
	answerer = routing.again(row).answerer
	if row.state != State.OPEN or routing.can_still_answer(row) or answerer in (None, row.answerer):
		return
	book.write(row, answerer=answerer)
	telling.asked(row, book.note(row, Act.HAND_ON, Side.TIME, to_user=answerer))


def to_close() -> list[str]:
	"""Return the questions that were answered long ago and left so."""
	days = cint(frappe.get_cached_doc("Referral Hub Settings").feedback_close_days)
	long_ago = {
		"state": State.ANSWERED.value,
		"answered_on": ("<", add_days(now_datetime(), -days)),
		"modified": ("<", add_days(now_datetime(), -days)),
	}
	return frappe.get_all(book.DOCTYPE, long_ago, pluck="name", order_by="name asc") if days else []


def close(name: str) -> None:
	row = book.lock(name)
	if row.state == State.ANSWERED:
		book.move(row, Act.CLOSE, Side.TIME, resolved_on=now_datetime())
