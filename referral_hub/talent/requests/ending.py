"""Closes requests, and with that ends what the colleague may read. Imports no other part of the pool, so that whatever moves a record
can call it.
"""

import frappe
from frappe.utils import getdate, now_datetime, nowdate

from referral_hub import kept
from referral_hub.talent.requests import telling
from referral_hub.talent.rules import requests as rules
from referral_hub.talent.rules.requests import ANSWERED, OPEN, WITHDRAWN, WROTE

DOCTYPE = "Recall Request"


def lock(name: str):
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def write(row, **values) -> None:
	"""Write what a request says now."""
	row.update(values)
	row.flags.ignore_links = True  # a colleague or a template may be gone; that they were asked is not
	with kept.writing(row):
		row.insert(ignore_permissions=True) if row.is_new() else row.save(ignore_permissions=True)


def close(row, state: str, why: str = "", **values) -> None:
	"""Close a request that the caller has locked."""
	write(row, state=state, closed_on=now_datetime(), closed_because=why or None, **values)


def end_all(record: str, why: str = "") -> None:
	"""Nobody is to write to this person any more: whoever was asked is told so."""
	for name in living(record):
		row = lock(name)
		if row.state == OPEN:
			close(row, WITHDRAWN, why)
			telling.withdrawn(row)


def keep_one_each(record: str) -> None:
	"""Two records of one person became one: whoever was asked about both is asked once."""
	asked = set()
	for name in living(record):
		row = lock(name)
		if row.asked in asked:
			close(row, WITHDRAWN)
		asked.add(row.asked)


def forget(record: str) -> None:
	"""Delete every request about a person; whoever was asked is told that nobody needs to write."""
	end_all(record)
	for name in frappe.get_all(DOCTYPE, {"record": record}, pluck="name"):
		frappe.delete_doc(
			DOCTYPE, name, force=True, ignore_permissions=True, ignore_on_trash=True, delete_permanently=True
		)


def follow(record: str, outcome: str) -> None:
	"""Note with whoever wrote to this person what came of it; the furthest stays."""
	wrote = {"record": record, "state": ANSWERED, "answer": WROTE}
	for name in frappe.get_all(DOCTYPE, wrote, pluck="name"):
		row = lock(name)
		if rules.further(row.outcome, outcome):
			write(row, outcome=outcome, outcome_on=getdate(nowdate()))


def living(record: str) -> list[str]:
	"""Return the open requests about a person, the first one first."""
	where = {"record": record, "state": OPEN}
	return frappe.get_all(DOCTYPE, where, pluck="name", order_by="creation asc, name asc")
