"""Proves what moved in the ledger since some day, at a cost in proportion to that: the look of every day, between two whole ones.

Each wallet is followed from its last entry before that day, which is believed: its own hash is compared with the daily heads
where they hold it, and `verify` proves it. Called by `verify`; it only reads.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import frappe

from referral_hub.points import journal, seals
from referral_hub.points.proving import relations
from referral_hub.points.proving.head_check import HeadCheck
from referral_hub.points.rules import stored
from referral_hub.points.rules.audit import Finding, KeptLot, RecentAudit, Stored

WALLETS_AT_ONCE = 200
ENTRIES_AT_ONCE = 5000


class Start(NamedTuple):
	"""The first entry to look at, and the last one before it; 0 when there is none."""

	first: int
	before: int


def findings(check: HeadCheck, since: date, company: str | None) -> Iterator[Finding]:
	"""Say what does not hold in the wallets that moved, or whose account changed, on that day or after."""
	starts = _starts(since, company)
	names = sorted(starts)
	for first in range(0, len(names), WALLETS_AT_ONCE):
		some = names[first : first + WALLETS_AT_ONCE]
		yield from _audit({name: starts[name] for name in some}, check)
	yield from seals.findings_of(names, other_key_is_one=check.has_heads)
	yield from relations.findings(company, since)


def _starts(since: date, company: str | None) -> dict[str, Start]:
	"""Return where to begin in each wallet; behind its end where only the account changed."""
	of_company = "and wallet.company = %(company)s" if company else ""
	values = {"since": since, "company": company}
	moved = dict(
		frappe.db.sql(
			f"""select wallet.name, entry.seq
			from (select account, min(seq) as seq from `tabPoints Ledger Entry`
				where modified >= %(since)s group by account) entry
			join `tabPoints Account` wallet on wallet.name = entry.account and wallet.kind = 'Wallet' {of_company}""",
			values,
		)
	)
	changed = dict(
		frappe.db.sql(
			f"""select wallet.name, wallet.last_seq + 1
			from `tabPoints Account` wallet where wallet.modified >= %(since)s and wallet.kind = 'Wallet' {of_company}""",
			values,
		)
	)
	firsts = list((changed | moved).items())
	portions = (firsts[at : at + WALLETS_AT_ONCE] for at in range(0, len(firsts), WALLETS_AT_ONCE))
	return {name: start for some in portions for name, start in _starts_of(some)}


def _starts_of(firsts: list[tuple[str, int]]) -> Iterator[tuple[str, Start]]:
	"""Add the last entry before the first one to look at: mostly its neighbour, else the nearest one there is."""
	there = set(
		frappe.db.sql(
			f"""select account, seq from `tabPoints Ledger Entry`
			where {" or ".join(["(account = %s and seq = %s)"] * len(firsts))}""",
			[value for name, first in firsts for value in (name, first - 1)],
		)
	)
	for name, first in firsts:
		yield name, Start(first, first - 1 if (name, first - 1) in there else _last_before(name, first))


def _last_before(account: str, seq: int) -> int:
	return frappe.db.sql(
		"select ifnull(max(seq), 0) from `tabPoints Ledger Entry` where account = %s and seq < %s",
		(account, seq),
	)[0][0]


def _audit(starts: dict[str, Start], check: HeadCheck) -> Iterator[Finding]:
	audits = {name: RecentAudit(name) for name in starts}
	for *row, entry_hash in _entries({name: start.before for name, start in starts.items()}):
		name, account, seq, _direction, _points, balance_after = row[:6]
		check.see(account, seq, entry_hash)
		if seq < starts[account].first:
			audits[account].believe(seq, entry_hash, balance_after)
			continue
		try:
			audits[account].see(stored.as_entry(row), entry_hash)
		except stored.Unreadable as error:
			audits[account].skip(name, seq, balance_after, entry_hash, error.column)
	lots = _lots([name for audit in audits.values() for name in audit.lots])
	for name, balance, seq, last_hash, open_points in _accounts(list(starts)):
		brought = {lot: lots[lot] for lot in audits[name].lots if lot in lots}
		yield from audits[name].close_recent(Stored(balance, seq, last_hash, brought), open_points)
		yield from check.close(name, audits[name].seq)


def _entries(starts: dict[str, int]) -> Iterator[tuple]:
	"""Yield the entries of these wallets, each from its own first one on, in pages."""
	while starts:
		rows = frappe.db.sql(
			f"""select {journal.ENTRY_FIELDS}, entry_hash from `tabPoints Ledger Entry`
			where {" or ".join(["(account = %s and seq >= %s)"] * len(starts))}
			order by account, seq limit {ENTRIES_AT_ONCE}""",
			[value for pair in starts.items() for value in pair],
		)
		yield from (row for row in rows if row[1] in starts)
		if len(rows) < ENTRIES_AT_ONCE:
			return
		last, seq = rows[-1][1:3]
		starts = {name: seq + 1 if name == last else first for name, first in starts.items() if name >= last}


def _lots(names: list[str]) -> dict[str, KeptLot]:
	if not names:
		return {}
	rows = frappe.db.sql(
		"select name, seq, expires_on, points, remaining from `tabPoints Lot` where name in %s",
		(tuple(names),),
	)
	return {name: KeptLot(*lot) for name, *lot in rows}


def _accounts(names: list[str]) -> tuple:
	"""Return name, balance, last entry, last hash, and what the open lots hold."""
	return frappe.db.sql(
		"""select wallet.name, wallet.balance, wallet.last_seq, wallet.last_hash, ifnull(cast(sum(lot.remaining) as signed), 0)
		from `tabPoints Account` wallet
		left join `tabPoints Lot` lot on lot.account = wallet.name and lot.is_open = 1
		where wallet.name in %s group by wallet.name""",
		(tuple(names),),
	)
