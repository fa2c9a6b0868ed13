"""A connection of its own that the database lets read only: whatever runs inside can't write a row, not by mistake either.

The caller's transaction is left alone. What is read is one snapshot, without locks. A replica is read where the caller does.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.database import get_db


@contextmanager
def read_only() -> Iterator[None]:
	"""Read in a transaction that refuses every write; also the next one, should something inside commit."""
	callers = frappe.local.db
	frappe.local.db = _another(callers)
	try:
		frappe.db.sql("set session transaction read only")
		frappe.db.begin(read_only=True)
		yield
	finally:
		frappe.local.db.close()
		frappe.local.db = callers


def _another(db):
	return get_db(
		host=db.host,
		user=db.user,
		password=db.password,
		port=db.port,
		cur_db_name=db.cur_db_name,
		socket=db.socket,
	)
