"""Somebody with SQL access who changes the ledger behind its back, one who covers the tracks, and one who has the key too."""

from contextlib import contextmanager
from dataclasses import replace

import frappe
import site_factories as hr

from referral_hub.points import journal, seals
from referral_hub.points.proving import heads
from referral_hub.points.rules.chain import GENESIS, IN, Entry, compact_json, next_hash
from referral_hub.points.rules.lots import NEVER

SEAL = (
	"Account {account}: its kind, employee, company, program, state, balance or last entry was changed outside the ledger,"
	" or the account was added by hand."
)
CHANGED = "Wallet {wallet}: entry {seq} ({entry}) was changed, or does not follow from the one before."
COLUMNS = (
	"seq = %s, direction = %s, points = %s, balance_after = %s, lots = %s, expires_on = %s, entry_hash = %s"
)


def keep() -> str | None:
	"""Keep the heads as the daily task does after a commit; here nothing is committed."""
	frappe.db.transaction_writes = 0
	return heads.keep()


def entry(wallet: str, seq: int) -> str:
	return frappe.db.get_value("Points Ledger Entry", {"account": wallet, "seq": seq})


def owner(wallet: str) -> str:
	return frappe.db.get_value("Points Account", wallet, "employee")


def tamper(statement: str, *values) -> None:
	frappe.db.sql(statement, values)


@contextmanager
def undone():
	"""Try something, and have it as before."""
	frappe.db.savepoint("untouched")
	yield
	frappe.db.rollback(save_point="untouched")


def chain(account: str) -> list[Entry]:
	return chain_of(account, 2**31)


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
			*brought, points = left[take.lot]
			left[take.lot] = (*brought, points + (take.points if entry.direction == IN else -take.points))
		if entry.own_lot:
			left[entry.name] = (seq, entry.expires_on or NEVER, entry.own_lot, entry.own_lot)
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
	for name, (number, day, points, remaining) in lots.items():
		frappe.db.sql(
			"""insert into `tabPoints Lot` (name, account, seq, expires_on, points, remaining, is_open)
			values (%s, %s, %s, %s, %s, %s, %s)""",
			(name, account, number, day, points, remaining, remaining > 0),
		)
	frappe.db.sql(
		"update `tabPoints Account` set balance = %s, last_seq = %s, last_hash = %s where name = %s",
		(balance, seq, last, account),
	)


def double_the_first(wallet: str) -> None:
	first, *others = chain(wallet)
	rewrite(wallet, [replace(first, points=200), *others])


def add(wallet: str, points: int) -> str:
	"""Add an entry that follows from the others in every respect: number, balance, hash, lot, head."""
	last = chain(wallet)[-1]
	more = {"name": hr.unique("f"), "key_hash": "a" * 64, "direction": IN, "points": points, "lots": ()}
	more |= {"expires_on": None, "reverses": None, "twin": None, "source_doctype": "", "source_name": ""}
	added = replace(last, **more, format=2)
	frappe.db.sql(
		"""insert into `tabPoints Ledger Entry` (name, account, counter, key_hash, posted_on, format, seq)
		values (%s, %s, %s, %s, %s, 2, %s)""",
		(added.name, wallet, added.counter, added.key_hash, added.posted_on, last.seq + 1),
	)
	rewrite(wallet, [*chain_of(wallet, last.seq), added])
	return added.name


def chain_of(wallet: str, seq: int) -> list[Entry]:
	rows = frappe.db.sql(
		f"select {journal.ENTRY_FIELDS} from `tabPoints Ledger Entry` where account = %s and seq <= %s order by seq",
		(wallet, seq),
	)
	return [journal.as_entry(row) for row in rows]


def seal_with_key(wallet: str) -> None:
	"""Seal an account as it is: what only somebody with the encryption key can, and what a backup of that time holds."""
	(values,) = frappe.db.sql(f"select {seals.COLUMNS} from `tabPoints Account` where name = %s", wallet)
	seals.store(wallet, {"seal": seals.sealer().seal(values)})


def restore(wallet: str, entries: list[Entry]) -> None:
	"""What restoring an older backup does to a wallet."""
	rewrite(wallet, entries)
	seal_with_key(wallet)


def row_of(wallet: str) -> dict:
	"""What somebody keeps of an account to put it back later, seal included."""
	columns = ("balance", "last_seq", "last_hash", "seal")
	return frappe.db.get_value("Points Account", wallet, columns, as_dict=True)


def put_back(wallet: str, row: dict) -> None:
	"""Cut the tail and put an older account row back, seal included: no key is needed for that."""
	rewrite(wallet, chain_of(wallet, row["last_seq"]))
	seals.store(wallet, row)
