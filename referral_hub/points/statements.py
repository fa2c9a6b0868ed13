"""Reads what a wallet holds and how it came to it. Plain reads of the service; the caller decides who may ask."""

from datetime import date

import frappe
from frappe.utils import add_days, getdate

from referral_hub.points import accounts
from referral_hub.points.moving.readiness import COMPANY_OF_EMPLOYEE
from referral_hub.points.rules.lots import NEVER

MOST_ENTRIES = 500
WANTED = {
	"direction": " and entry.direction = %(direction)s",
	"since": " and entry.posted_on >= %(since)s",
	"after": " and entry.posted_on < %(after)s",
}


def balance(employee: str, company: str | None = None) -> int:
	"""Return the points in a wallet: one row read, however long its history. The company is the employee's unless given."""
	rows = frappe.db.sql(
		f"""select balance from `tabPoints Account` where employee = %(employee)s and slot = ''
		and company = {"%(company)s" if company else COMPANY_OF_EMPLOYEE}""",
		{"employee": employee, "company": company},
	)
	if not rows and not company:
		accounts.company_of(employee)  # says so when there is no such employee
	return rows[0][0] if rows else 0


def wallets(employees: list[str]) -> list[dict]:
	"""List {employee, company, balance} of the wallets these Employee records have, by company."""
	return frappe.db.sql(
		"""select employee, company, balance from `tabPoints Account`
		where employee in %s and slot = '' and kind = 'Wallet' order by company, employee""",
		(tuple(employees),),
		as_dict=True,
	)


def spendable(employees: list[str], company: str, today: date, lock: bool = False) -> list[tuple[str, int]]:
	"""Return what these records can spend today in a company, as (record, points) in the order in which it is spent.

	What ends first comes first; of what ends together, that of the record named first. With `lock`, whose wallets the caller has
	locked, as it is now and not as this transaction first saw it.
	"""
	return list(
		frappe.db.sql(
			f"""select wallet.employee, cast(sum(lot.remaining) as signed)
			from `tabPoints Account` wallet straight_join `tabPoints Lot` lot on lot.account = wallet.name
			where wallet.employee in %s and wallet.company = %s and wallet.slot = ''
				and lot.is_open = 1 and lot.expires_on >= %s
			group by wallet.employee, lot.expires_on
			order by lot.expires_on, wallet.employee != %s{" for update" if lock else ""}""",
			(tuple(employees), company, today, employees[0]),
		)
	)


def statement(
	employee: str,
	company: str | None = None,
	start: int = 0,
	limit: int = 50,
	*,
	direction: str | None = None,
	since: date | None = None,
	until: date | None = None,
) -> list[dict]:
	"""List what moved, newest first, with what was moved from wallets merged into this one.

	`direction`: "In" or "Out" alone; `since` and `until`: the first and the last day.

	Each row: name, account, seq, points (signed), balance_after, posted_on, counter (kind), program, expires_on, reverses,
	reversed_by, source_doctype, source_name, note.
	"""
	names = _accounts(employee, company or accounts.company_of(employee))
	if not names:
		return []
	wanted = {
		"names": tuple(names),
		"direction": direction,
		"since": since,
		"after": until and add_days(until, 1),
	}
	conditions = "".join(words for name, words in WANTED.items() if wanted[name])
	order = "entry.seq desc" if len(names) == 1 else "entry.posted_on desc, entry.seq desc"
	return frappe.db.sql(
		f"""select entry.name, entry.account, entry.seq, if(entry.direction = 'In', 1, -1) * entry.points as points,
			entry.balance_after, entry.posted_on, counter.kind as counter, counter.program, entry.expires_on,
			entry.reverses, reversal.name as reversed_by, entry.source_doctype, entry.source_name, entry.note
		from `tabPoints Ledger Entry` entry
		left join `tabPoints Account` counter on counter.name = entry.counter
		left join `tabPoints Ledger Entry` reversal on reversal.reverses = entry.name
		where entry.account in %(names)s{conditions} order by {order} limit %(limit)s offset %(start)s""",
		{**wanted, "limit": min(int(limit), MOST_ENTRIES), "start": int(start)},
		as_dict=True,
	)


def companies_between(entries: list[str]) -> dict[str, str]:
	"""Return for entries that moved points between companies the other company."""
	if not entries:
		return {}
	return dict(
		frappe.db.sql(
			"""select entry.name, other.company from `tabPoints Ledger Entry` entry
			join `tabPoints Ledger Entry` twin on twin.name = entry.twin
			join `tabPoints Account` other on other.name = twin.account where entry.name in %s""",
			(tuple(entries),),
		)
	)


def movements(employee: str, company: str, limit: int) -> list[tuple[date, int]]:
	"""List (day, points with their sign) of the last entries, with those of wallets merged into this one: so many are read, however long the history."""
	names = _accounts(employee, company)
	if not names:
		return []
	order = "seq desc" if len(names) == 1 else "posted_on desc, seq desc"
	rows = frappe.db.sql(
		f"""select posted_on, if(direction = 'In', 1, -1) * points from `tabPoints Ledger Entry`
		where account in %s order by {order} limit %s""",
		(tuple(names), int(limit)),
	)
	return [(getdate(posted_on), int(points)) for posted_on, points in rows]


def lots(employee: str, company: str | None = None, limit: int = 50) -> list[dict]:
	"""List what is left of each lot in the order it is spent: {earned_on, points, remaining, expires_on (None: never)}."""
	return frappe.db.sql(
		"""select lot.creation as earned_on, lot.points, lot.remaining, nullif(lot.expires_on, %s) as expires_on
		from `tabPoints Lot` lot join `tabPoints Account` wallet on wallet.name = lot.account
		where wallet.employee = %s and wallet.company = %s and wallet.slot = '' and lot.is_open = 1
		order by lot.expires_on, lot.seq limit %s""",
		(NEVER, employee, company or accounts.company_of(employee), int(limit)),
		as_dict=True,
	)


def expiring(
	employee: str, company: str | None = None, until: date | str | None = None, limit: int | None = None
) -> list[dict]:
	"""List {expires_on, points} of what will expire (up to `until`, or so many days), the nearest day first."""
	return frappe.db.sql(
		f"""select lot.expires_on, cast(sum(lot.remaining) as signed) as points
		from `tabPoints Lot` lot join `tabPoints Account` wallet on wallet.name = lot.account
		where wallet.employee = %s and wallet.company = %s and wallet.slot = ''
			and lot.is_open = 1 and lot.expires_on < %s and lot.expires_on <= %s
		group by lot.expires_on order by lot.expires_on {f"limit {int(limit)}" if limit else ""}""",
		(employee, company or accounts.company_of(employee), NEVER, getdate(until) if until else NEVER),
		as_dict=True,
	)


def _accounts(employee: str, company: str) -> list[str]:
	return frappe.db.sql_list(
		"select name from `tabPoints Account` where employee = %s and company = %s and kind = 'Wallet'",
		(employee, company),
	)
