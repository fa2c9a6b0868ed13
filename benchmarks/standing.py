"""Volumes that stand for as long as a benchmark runs, and are gone after it, however it ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import frappe


@contextmanager
def standing(make: Callable[[], None], remove: Callable[[], None]) -> Iterator[None]:
	"""Make a volume, and remove it when the block ends."""
	try:
		make()
		yield
	finally:
		frappe.db.rollback()
		frappe.set_user("Administrator")
		remove()
