"""Holds what was booked for each month against the ledger and against the General Ledger. Reads alone, in three queries."""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import flt

from referral_hub.points.finance import provision, reading
from referral_hub.points.rules.finance import Month, between_companies


@dataclass(frozen=True)
class Booked:
	"""One month of one company: what was provided for, and what the two ledgers say of it."""

	name: str
	company: str
	month: date
	state: str
	points: int
	in_ledger: int
	came: int
	left: int
	amount: float
	in_books: float
	currency: str

	@property
	def ties(self) -> bool:
		"""What is not booked yet, or not any more, is held against nothing."""
		if self.state not in ("Booked", "Reversed"):
			return True
		return self.points == self.in_ledger and self.amount == self.in_books


def months(companies: list[str], day: date) -> list[Booked]:
	"""Return what was provided for until a day, the newest first."""
	rows = frappe.get_all(
		provision.DOCTYPE,
		{"company": ["in", companies], "month": ["<=", day]},
		["name", "company", "month", "day", "state", "points", "amount", "currency", "journal_entry"],
		order_by="month desc, company asc",
		limit_page_length=0,
	)
	moved = {company: reading.movement([company], day) for company in {row.company for row in rows}}
	books = _in_books([row.journal_entry for row in rows if row.journal_entry])
	return [
		Booked(
			*(row.name, row.company, row.month, row.state, row.points),
			_at_the_end(moved[row.company], row.month),
			*_between_companies(moved[row.company], row.month),
			*(flt(row.amount, 9), flt(books.get(row.journal_entry), 9), row.currency),
		)
		for row in rows
	]


def _at_the_end(moved: list[Month], month: date) -> int:
	"""Return what was open at the end of a month; a month in which nothing moved is as the last one in which something did."""
	before = [each for each in moved if each.begins <= month]
	return before[-1].closing if before else 0


def _between_companies(moved: list[Month], month: date) -> tuple[int, int]:
	"""Return what came in a month from other companies, and what left to them."""
	return between_companies(each for each in moved if each.begins == month)


def _in_books(entries: list[str]) -> dict[str, float]:
	if not entries:
		return {}
	return dict(
		frappe.db.sql(
			"""select voucher_no, sum(credit) from `tabGL Entry`
			where voucher_type = 'Journal Entry' and is_cancelled = 0 and voucher_no in %s group by voucher_no""",
			(tuple(entries),),
		)
	)
