"""What an employee waits for who writes down or changes a contact, beside what the platform needs to save a plain document.

Ours is the whole of it: the line is read, who is there already is looked up, what is known is encrypted, written, and put into the index. The
peer is the plainest document: a Note with as many letters as a contact has sealed, without a row in its table and without a Version for each
change, inserted and changed by the platform. Nobody else holds what ours locks. Each is one transaction and committed; 95 of 100 stay below the
figure. The employee keeps 1,000 contacts, a LinkedIn export of somebody busy; there are 20,000 of others.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import frappe

from benchmarks.portal import forget
from benchmarks.timing import compare, percentile_95
from referral_hub.matching.contacts import keeping, searching, service
from referral_hub.matching.rules.contacts.contact import Contact

NAME = "contacts"
ROUNDS = 200
MINE, OTHERS, NOTES = 1_000, 20_000, 100
ME, COLLEAGUE, PREFIX = "HUB-BENCH-CONTACTS", "HUB-BENCH-CONTACTS-2", "Hub Bench Note"
BOUND = 1.3
_CHUNK = 1_000


def run() -> list[dict]:
	with volume():
		return [
			_row("written down, against a Note inserted", adding(), inserting()),
			_row("changed, against a Note changed", changing(), saving()),
		]


def _row(what: str, ours: Callable[[], None], peer: Callable[[], None]) -> dict:
	name = f"contacts: 95 % of those {what}"
	return compare(name, ours, peer, bound=BOUND, rounds=ROUNDS, before=forget, figure=percentile_95)


def adding() -> Callable[[], None]:
	numbers = count(1)

	def add():
		number = next(numbers)
		service.add_line(ME, f"Wang Fang {number}, welder at Acme, Suzhou, 8 years, 1590000{number:04}", "CN")
		frappe.db.commit()

	return add


def changing() -> Callable[[], None]:
	names, numbers = keeping.names(ME), count(1)

	def change():
		number = next(numbers)
		said = {"name": f"Li Na {number}", "title": "welder", "years": "9"}
		said["email"] = f"n{number}@bench.example"
		service.change(ME, names[number % len(names)], said, "CN")
		frappe.db.commit()

	return change


def inserting() -> Callable[[], None]:
	numbers, letters = count(1), _letters()

	def insert():
		_note(f"{next(numbers)}", letters).insert()
		frappe.db.commit()

	return insert


def saving() -> Callable[[], None]:
	names = frappe.get_all("Note", {"title": ("like", f"{PREFIX}%")}, pluck="name")
	numbers, letters = count(1), _letters()

	def save():
		number = next(numbers)
		note = frappe.get_doc("Note", names[number % len(names)])
		note.flags.ignore_version = True
		note.content = f"{number} {letters}"
		note.save()
		frappe.db.commit()

	return save


@contextmanager
def volume() -> Iterator[None]:
	try:
		for employee, people in ((ME, MINE), (COLLEAGUE, OTHERS)):
			for first in range(0, people, _CHUNK):
				keeping.insert(employee, map(_contact, range(first, first + _CHUNK)))
		for number in range(NOTES):
			_note(f"of {number}", _letters()).insert()
		frappe.db.commit()
		searching.build()
		yield
	finally:
		frappe.db.rollback()
		for employee in (ME, COLLEAGUE):
			keeping.remove(employee)
		notes = frappe.get_all("Note", {"title": ("like", f"{PREFIX}%")}, pluck="name")
		frappe.db.delete("Note", {"name": ("in", notes)})
		frappe.db.commit()
		searching.build()


def _note(title: str, content: str):
	return frappe.get_doc(doctype="Note", title=f"{PREFIX} {title}", content=content)


def _letters() -> str:
	"""Return as many letters as one contact has sealed."""
	size = frappe.db.sql("select length(sealed) from `tabReferral Contact` where employee = %s limit 1", ME)
	return ("welder, " * size[0][0])[: size[0][0]]


def _contact(number: int) -> Contact:
	return Contact(
		f"Person {number}",
		(f"p{number}@bench.example",),
		(f"+86137{number:08}",),
		"Acme",
		("Cook", "Welder", "Accountant")[number % 3],
		skills=("SAP", "Excel"),
	)
