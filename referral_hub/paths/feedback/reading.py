"""What the portal shows of questions, and to whom: my own, those I am to answer, one with its conversation.

HR of the company reads all of them in the desk, by permissions.py.
"""

import frappe

from referral_hub.paths.feedback import book
from referral_hub.paths.rules import feedback as rules
from referral_hub.people.employments import records_of
from referral_hub.permissions import is_hr

_FIELDS = [
	*("name", "employee", "employee_name", "company", "topic", "only_hr", "asked_on", "question", "state"),
	*("answerer", "round_number", "due_on", "escalated_on", "answered_on", "in_time", "resolved_on"),
	*("rating", "rating_words", "clock_from", "half_on", "most_on", "told_up_to"),
]
_SHOWN = 50


def of_asker(employee: str) -> list[frappe._dict]:
	"""Return what somebody asked, newest first."""
	own = {"employee": ("in", records_of(employee))}
	return frappe.get_all(book.DOCTYPE, own, _FIELDS, order_by="asked_on desc", limit_page_length=_SHOWN)


def for_answerer(user: str) -> list[frappe._dict]:
	"""Return the questions of others that are this user's to answer, then those answered and not settled yet; the first due first."""
	living = (rules.State.OPEN.value, rules.State.ANSWERED.value)
	theirs = {"answerer": user, "state": ("in", living)}
	open_first = "state desc, due_on asc"
	rows = frappe.get_all(book.DOCTYPE, theirs, _FIELDS, order_by=open_first, limit_page_length=_SHOWN)
	return [row for row in rows if is_answerers(row, user)]


def find(name: str | None, employee: str, user: str) -> tuple[frappe._dict, bool] | None:
	"""Return a question and whether the reader asked it; None for another's and for one that does not exist."""
	row = name and frappe.db.get_value(book.DOCTYPE, str(name), _FIELDS, as_dict=True)
	if not row:
		return None
	if row.employee in records_of(employee):
		return row, True
	return (row, False) if is_answerers(row, user) else None


def is_answerers(row, user: str) -> bool:
	"""Say whether this user reads a question because it is theirs to answer, or HR's."""
	answerer = None if row.only_hr else row.answerer
	return rules.may_read(user, (), answerer, (), is_hr=is_hr(user) and _of_company(row, user))


def talk(name: str) -> list[frappe._dict]:
	"""Return all that happened to a question, oldest first."""
	fields = ["seq", "act", "side", "by_user", "happened_on", "words", "to_user", "goal", "facts"]
	return frappe.get_all(book.ENTRY, {"feedback": name}, fields, order_by="seq asc", limit_page_length=0)


def _of_company(row, user: str) -> bool:
	return bool(frappe.has_permission(book.DOCTYPE, "read", row.name, user=user))
