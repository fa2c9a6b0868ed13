"""A second connection to the site's database: what somebody else does at the same time, in this process."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.database import get_db


@contextmanager
def another_transaction() -> Iterator[None]:
	"""Do what is in the block beside the transaction of the test; what is not committed there is rolled back."""
	mine = frappe.local.db
	there = get_db(mine.host, mine.user, mine.password, mine.port, mine.cur_db_name, mine.socket)
	frappe.local.db = there
	try:
		there.connect()
		yield
		there.rollback()
	finally:
		there.close()
		frappe.local.db = mine
