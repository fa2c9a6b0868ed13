"""Statements whose text never changes: the query builder writes each once in a process, every call only sends its values.

Building such a text costs more than sending it, and somebody waits for a dozen of them. Owns no rows and decides nothing; what
differs from call to call goes in as a `given` value, never as text: a process serves several sites, users and days with one text.
All of them are on MariaDB, which is all that ERPNext runs on. Any slice may call it.
"""

from collections.abc import Callable
from functools import cached_property

import frappe
from pypika.queries import QueryBuilder
from pypika.terms import Parameter


def given(name: str) -> Parameter:
	"""Return the place of a value that `run` is given by this name: one value, or a tuple of them for `isin`."""
	return Parameter(f"%({name})s")


class Prepared:
	"""A statement built by a function of its own, at the first use: before there is a site there is no query builder."""

	def __init__(self, build: Callable[[], QueryBuilder]):
		self._build = build

	@cached_property
	def text(self) -> str:
		return self._build().get_sql()

	def run(self, as_dict: bool = False, **values) -> list:
		return frappe.db.sql(self.text, values, as_dict=as_dict)

	def one(self, **values) -> frappe._dict | None:
		"""Return the only row, or None."""
		return next(iter(self.run(as_dict=True, **values)), None)
