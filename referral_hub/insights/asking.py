"""What somebody asks of a report: whose figures, of which time, by what; or the records behind one figure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, add_months, cint, getdate
from frappe.utils.nestedset import get_descendants_of

# the group of those who have none
NONE = "-"
PAGE = 1000
_USUAL_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Asked:
	"""`since` and `until` are both within; `step` asks for the records of a figure, `group` for those of one group."""

	by: str
	since: date
	until: date
	company: str | None = None
	department: str | None = None
	designation: str | None = None
	program: str | None = None
	step: str | None = None
	group: str | None = None
	kind: str | None = None
	currency: str | None = None
	page: int = 1

	@property
	def after(self) -> date:
		"""The day after the last one: a moment within is before it."""
		return getdate(add_days(self.until, 1))

	@property
	def departments(self) -> list[str]:
		"""The department that is asked for, and those below it."""
		if not frappe.db.exists("Department", self.department):
			return [self.department]
		return [self.department, *get_descendants_of("Department", self.department, ignore_permissions=True)]


@dataclass(frozen=True, slots=True)
class Page:
	"""Some of the records behind a figure, and how many there are."""

	rows: list[frappe._dict]
	total: int
	first: int

	@property
	def last(self) -> int:
		return self.first + len(self.rows) - 1 if self.rows else 0


def asked(filters: dict | None, by: Collection[str], steps: Collection[str] = ()) -> Asked:
	"""Return what is asked for; what a report does not know is left out. Raises ValidationError where no day is between two."""
	given = frappe._dict(filters or {})
	until = getdate(given.until or None)
	since = getdate(given.since or add_months(until, -_USUAL_MONTHS))
	if since > until:
		frappe.throw(_("The first day is after the last one. Please choose them the other way round."))
	return Asked(
		given.by if given.by in by else next(iter(by)),
		since,
		until,
		*(given.get(name) or None for name in ("company", "department", "designation", "program")),
		given.step if given.step in set(steps) else None,
		*(given.get(name) or None for name in ("group", "kind", "currency")),
		max(cint(given.page), 1),
	)


def first_of(page: int, total: int, length: int = PAGE) -> int:
	"""Return how many records come before a page; of a page there is none of, before the last one."""
	return min(page - 1, max(total - 1, 0) // length) * length
