"""Reads what is open on a day, what moved in which month, and whether the two tie. Called by the report; writes nothing.

Whose companies may be read is decided where the request comes in.
"""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate

from referral_hub.points.rules.finance import Month, Open, between_companies, months
from referral_hub.wording.counting import counted


@dataclass(frozen=True)
class Tie:
	"""The same sum three ways: open lots, entries, stored balances (None: of a day that is over, they are not kept)."""

	lots: int
	entries: int
	balances: int | None

	@property
	def holds(self) -> bool:
		return self.lots == self.entries and self.balances in (None, self.entries)


def open_on(companies: list[str], day: date) -> list[Open]:
	"""Return what was left of which points at the end of a day: one row for each last day and day of coming.

	What a lot has lost until then is read from the entries, which say what they took: the lots only know today.
	"""
	rows = frappe.db.sql(
		"""select lot.expires_on, date(born.posted_on), sum(lot.points - coalesce(gone.points, 0))
		from `tabPoints Lot` lot
		join `tabPoints Ledger Entry` born on born.name = lot.name and born.posted_on < %(after)s
		join `tabPoints Account` wallet on wallet.name = lot.account and wallet.company in %(companies)s
		left join (
			select taken.lot, sum(if(entry.direction = 'Out', taken.points, -taken.points)) points
			from `tabPoints Ledger Entry` entry
			join `tabPoints Account` wallet on wallet.name = entry.account and wallet.company in %(companies)s
			join json_table(entry.lots, '$[*]' columns (lot varchar(140) path '$[0]', points int path '$[1]')) taken
			where entry.posted_on < %(after)s group by taken.lot
		) gone on gone.lot = lot.name collate utf8mb4_unicode_ci
		group by lot.expires_on, date(born.posted_on)""",
		{"companies": tuple(companies), "after": add_days(day, 1)},
	)
	return [Open(getdate(ends), getdate(came), int(points)) for ends, came, points in rows if points]


def movement(companies: list[str], day: date) -> list[Month]:
	"""Return every month from the first entry to this day."""
	rows = frappe.db.sql(
		"""select cast(date_format(entry.posted_on, '%%Y-%%m-01') as date), counter.kind, entry.direction, sum(entry.points)
		from `tabPoints Ledger Entry` entry
		join `tabPoints Account` wallet on wallet.name = entry.account and wallet.company in %(companies)s
		join `tabPoints Account` counter on counter.name = entry.counter
		where entry.posted_on < %(after)s group by 1, 2, 3""",
		{"companies": tuple(companies), "after": add_days(day, 1)},
	)
	return months((begins, kind, direction, int(points)) for begins, kind, direction, points in rows)


def tie(companies: list[str], day: date, lots: list[Open], moved: list[Month]) -> Tie:
	"""Hold what is open against what moved, and of today against the stored balances."""
	balances = None
	if day >= getdate():
		((total,),) = frappe.db.sql(
			"select sum(balance) from `tabPoints Account` where kind = 'Wallet' and company in %s",
			(tuple(companies),),
		)
		balances = cint(total)
	entries = moved[-1].closing if moved else 0
	return Tie(sum(lot.points for lot in lots), entries, balances)


def group_in_words(moved: list[Month]) -> str | None:
	"""Say whether what came to companies is what left others; None where nothing moved. `moved`: of the whole group."""
	came, left = between_companies(moved)
	if not came and not left:
		return None
	if came == left:
		return counted(
			came,
			_("Between the companies {0} point moved; what left and what came tie."),
			_("Between the companies {0} points moved; what left and what came tie."),
		).format(f"{came:,}")
	return counted(
		left,
		_("Between the companies {0} point left and {1} came. Ask an administrator for hub-verify."),
		_("Between the companies {0} points left and {1} came. Ask an administrator for hub-verify."),
	).format(f"{left:,}", f"{came:,}")


def in_words(found: Tie) -> str:
	"""Say to whoever reads a report whether its sums tie to the ledger."""
	if found.holds:
		return _("Ties to the ledger: open points and entries both say {0}.").format(f"{found.entries:,}")
	return _(
		"Does not tie: open points say {0}, the entries {1}, the balances {2}. Ask an administrator for hub-verify."
	).format(found.lots, found.entries, "–" if found.balances is None else found.balances)
