"""Reads what the database keeps of an entry, and says which value can't be one: pure.

Whoever writes raw SQL can leave anything in a column. What can't be read is named here, so that `hub-verify` reports
it and goes on with the next entry, and a post refuses in words.
"""

import json
from datetime import date, datetime

from referral_hub.points.rules.chain import Entry
from referral_hub.points.rules.lots import Take

# in the order of Entry, except that the text of the lots is read apart
COLUMNS = (
	*("name", "account", "seq", "direction", "points", "balance_after", "counter", "key_hash", "posted_on"),
	*("expires_on", "lots", "reverses", "twin", "format", "source_doctype", "source_name"),
)


class Unreadable(ValueError):
	"""A stored value is none that the ledger writes; `column` says which."""

	def __init__(self, column: str) -> None:
		super().__init__(column)
		self.column = column


def as_entry(row: tuple) -> Entry:
	"""Read a row of COLUMNS; raise Unreadable for the first value that can't be one."""
	*head, posted_on, expires_on, lots, reverses, twin, form, source_doctype, source_name = row
	if not isinstance(posted_on, datetime):  # NULL, or the zero date, which the driver hands over as text
		raise Unreadable("posted_on")
	if expires_on is not None and not isinstance(expires_on, date):
		raise Unreadable("expires_on")
	source = (source_doctype or "", source_name or "")
	return Entry(*head, posted_on, expires_on, takes(lots), reverses or None, twin or None, form, *source)


def takes(text: str | None) -> tuple[Take, ...]:
	"""Read the lots of an entry: a list of [name, points]."""
	try:
		pairs = json.loads(text)
	except (TypeError, ValueError, RecursionError):
		raise Unreadable("lots") from None
	if not isinstance(pairs, list) or not all(_is_take(pair) for pair in pairs):
		raise Unreadable("lots")
	return tuple(Take(lot, points) for lot, points in pairs)


def _is_take(pair: object) -> bool:
	if not (isinstance(pair, list) and len(pair) == 2):
		return False
	lot, points = pair
	return isinstance(lot, str) and lot.isascii() and type(points) is int
