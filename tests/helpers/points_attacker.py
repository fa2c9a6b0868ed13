"""Somebody with SQL access who changes the ledger behind its back, and one who covers the tracks."""

from dataclasses import replace

import frappe

from referral_hub.points import journal
from referral_hub.points.rules.chain import GENESIS, IN, Entry, compact_json, next_hash
from referral_hub.points.rules.lots import NEVER

COLUMNS = (
	"seq = %s, direction = %s, points = %s, balance_after = %s, lots = %s, expires_on = %s, entry_hash = %s"
)


def chain(account: str) -> list[Entry]:
	rows = frappe.db.sql(
		f"select {journal.ENTRY_FIELDS} from `tabPoints Ledger Entry` where account = %s order by seq",
		account,
	)
	return [journal.as_entry(row) for row in rows]


def rewrite(account: str, entries: list[Entry]) -> None:
	"""Store these entries as the whole history of a wallet: sequence, balances, hashes and lots all recomputed."""
	frappe.db.sql(
		"delete from `tabPoints Ledger Entry` where account = %s and name not in %s",
		(account, tuple(entry.name for entry in entries) or ("",)),
	)
	frappe.db.sql("update `tabPoints Ledger Entry` set seq = -seq where account = %s", account)
	seq, balance, last, left = 0, 0, GENESIS, {}
	for entry in entries:
		seq, balance = seq + 1, balance + entry.signed
		entry = replace(entry, seq=seq, balance_after=balance)
		last = next_hash(last, entry)
		store(entry, last)
		for take in entry.lots:
			name, day, points = left[take.lot]
			left[take.lot] = (name, day, points + (take.points if entry.direction == IN else -take.points))
		if entry.own_lot:
			left[entry.name] = (seq, entry.expires_on or NEVER, entry.own_lot)
	store_wallet(account, balance, seq, last, left)


def store(entry: Entry, entry_hash: str) -> None:
	lots = compact_json([[take.lot, take.points] for take in entry.lots])
	frappe.db.sql(
		f"update `tabPoints Ledger Entry` set {COLUMNS} where name = %s",
		(
			*(entry.seq, entry.direction, entry.points, entry.balance_after, lots),
			*(entry.expires_on, entry_hash, entry.name),
		),
	)


def store_wallet(account: str, balance: int, seq: int, last: str, lots: dict) -> None:
	frappe.db.sql("delete from `tabPoints Lot` where account = %s", account)
	for name, (number, day, points) in lots.items():
		frappe.db.sql(
			"""insert into `tabPoints Lot` (name, account, seq, expires_on, points, remaining, is_open)
			values (%s, %s, %s, %s, %s, %s, %s)""",
			(name, account, number, day, points, points, points > 0),
		)
	frappe.db.sql(
		"update `tabPoints Account` set balance = %s, last_seq = %s, last_hash = %s where name = %s",
		(balance, seq, last, account),
	)
