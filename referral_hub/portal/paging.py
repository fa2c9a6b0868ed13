"""Pages of a list, as plain links that keep the search."""

from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from frappe.utils import cint

SIZE = 20
FURTHEST = 1_000_000  # no list is longer, and the database takes no figure without measure


@dataclass(frozen=True)
class Pages:
	path: str
	query: dict
	number: int
	last: int

	@property
	def start(self) -> int:
		return (self.number - 1) * SIZE

	def address(self, number: int) -> str:
		query = self.query | ({"page": number} if number > 1 else {})
		return self.path + ("?" + urlencode(query) if query else "")


def start_of(asked) -> int:
	"""Return at which row a list begins for somebody who asked for it by number."""
	return min(max(0, cint(asked)), FURTHEST)


def pages_of(total: int, asked, path: str, query: dict | None = None) -> Pages:
	"""Return the page that was asked for, or the nearest that exists."""
	last = max(1, ceil(total / SIZE))
	return Pages(path, query or {}, min(max(1, cint(asked)), last), last)
