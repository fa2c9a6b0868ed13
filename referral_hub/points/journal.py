"""The only file that writes the ledger: one INSERT an entry, then the balances and lots that follow from it.

Every function expects the wallet to be locked by the caller (`accounts.lock`). Reads that decide are locking reads:
at REPEATABLE READ a plain one would see what was there when the transaction began. None of them commits.
"""

from dataclasses import replace
from datetime import date

import frappe
from frappe.model.dynamic_links import invalidate_distinct_link_doctypes
from frappe.utils import now_datetime

from referral_hub.points import seals
from referral_hub.points.accounts import Wallet, random_name
from referral_hub.points.errors import refuse_broken
from referral_hub.points.rules import stored
from referral_hub.points.rules.chain import IN, WITH_SOURCE, WITH_SOURCE_TYPE, Entry, compact_json, next_hash
from referral_hub.points.rules.lots import NEVER, Lot, Take

ENTRY_FIELDS = ", ".join(stored.COLUMNS)
# their names are random and nothing renames them, so they are part of the hash; of other sources only the type is
NEVER_RENAMED = frozenset({"Referral Reward", "Reward Order"})
FIRST_LOTS = 10
TAKES_AT_ONCE = 500
Source = tuple[str, str]


def append(wallet: Wallet, draft: Entry, source: Source | None = None, note: str = "") -> Wallet:
	"""Write one entry and what follows from it; return the wallet after it.

	Raises the database's duplicate-key error when the key, or the reversed entry, was used before: nothing is written then.
	"""
	balance, (source_doctype, source_name) = wallet.balance + draft.signed, source or ("", "")
	entry = replace(
		draft,
		account=wallet.name,
		seq=wallet.seq + 1,
		balance_after=balance,
		posted_on=now_datetime(),
		format=WITH_SOURCE if source_doctype in NEVER_RENAMED else WITH_SOURCE_TYPE,
		source_doctype=source_doctype,
		source_name=source_name,
	)
	entry_hash = next_hash(wallet.hash, entry)
	_insert_entry(entry, entry_hash, note)
	_announce(source_doctype)
	_move_lots(entry)
	state = (balance, entry.seq, entry_hash)
	seal = seals.seal_of(wallet.labels, state, wallet.other_key)
	frappe.db.sql(
		"""update `tabPoints Account` set balance = %s, last_seq = %s, last_hash = %s, seal = %s, modified = %s
		where name = %s""",
		(*state, seal, entry.posted_on, wallet.name),
	)
	return replace(wallet, balance=balance, seq=entry.seq, hash=entry_hash)


def draft(direction: str, points: int, counter: str, key_hash: str, name: str | None = None, **more) -> Entry:
	"""Describe an entry before its place in the chain is known; named now, so that others can point at it."""
	return Entry(
		name=name or random_name(),
		account="",
		seq=0,
		direction=direction,
		points=points,
		balance_after=0,
		counter=counter,
		key_hash=key_hash,
		posted_on=None,
		**more,
	)


def open_lots(account: str, points: int) -> list[Lot]:
	"""Lock the lots that a spend of so many points may touch, oldest expiry first."""
	limit = FIRST_LOTS
	while True:
		rows = frappe.db.sql(
			"""select name, seq, expires_on, remaining from `tabPoints Lot`
			where account = %s and is_open = 1 order by expires_on, seq limit %s for update""",
			(account, limit),
		)
		if len(rows) < limit or sum(row[3] for row in rows) >= points:
			return [_as_lot(account, row) for row in rows]
		limit *= 10


def lots_named(names: list[str]) -> dict[str, Lot]:
	"""Lock the lots of these entries."""
	if not names:
		return {}
	rows = frappe.db.sql(
		"select account, name, seq, expires_on, remaining from `tabPoints Lot` where name in %s for update",
		(tuple(names),),
	)
	return {row[0]: _as_lot(account, row) for account, *row in rows}


def entry_named(name: str) -> Entry | None:
	return _first("name = %s", name)


def entry_with_key(key_hash: str) -> Entry | None:
	return _first("key_hash = %s", key_hash)


def reversal_of(name: str) -> Entry | None:
	return _first("reverses = %s", name)


def source_of(name: str) -> Source:
	"""Return the document an entry comes from, by its present name."""
	doctype, source_name = frappe.db.sql(
		"select source_doctype, source_name from `tabPoints Ledger Entry` where name = %s lock in share mode",
		name,
	)[0]
	return doctype or "", source_name or ""


def prefixed(table: str) -> str:
	"""Name ENTRY_FIELDS for a query that joins."""
	return ", ".join(f"{table}.{field}" for field in ENTRY_FIELDS.split(", "))


def as_entry(row: tuple) -> Entry:
	"""Read a row of ENTRY_FIELDS; refuse what the ledger can't have written."""
	try:
		return stored.as_entry(row)
	except stored.Unreadable:
		refuse_broken(row[1])


def _as_lot(account: str, row: tuple) -> Lot:
	"""Read a lot; refuse one without a last day, which the ledger can't have written."""
	if not isinstance(row[2], date):
		refuse_broken(account)
	return Lot(*row)


def _first(condition: str, value: str) -> Entry | None:
	rows = frappe.db.sql(
		f"select {ENTRY_FIELDS} from `tabPoints Ledger Entry` where {condition} lock in share mode", value
	)
	return as_entry(rows[0]) if rows else None


def _insert_entry(entry: Entry, entry_hash: str, note: str) -> None:
	by = frappe.session.user
	lots = compact_json([[taken.lot, taken.points] for taken in entry.lots])
	frappe.db.sql(
		"""insert into `tabPoints Ledger Entry`
		(name, creation, modified, owner, modified_by, account, seq, direction, points, balance_after, posted_on,
		counter, expires_on, reverses, twin, format, source_doctype, source_name, note, lots, key_hash, entry_hash)
		values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
		(
			*(entry.name, entry.posted_on, entry.posted_on, by, by),
			*(entry.account, entry.seq, entry.direction, entry.points, entry.balance_after, entry.posted_on),
			*(entry.counter, entry.expires_on, entry.reverses, entry.twin, entry.format),
			*(entry.source_doctype, entry.source_name, note, lots, entry.key_hash, entry_hash),
		),
	)


def _announce(source_doctype: str) -> None:
	"""Tell Frappe which types entries come from, so that renaming a source reaches them; a Document would do the same."""
	if source_doctype:
		invalidate_distinct_link_doctypes("Points Ledger Entry", "source_doctype", source_doctype)


def _move_lots(entry: Entry) -> None:
	if entry.lots:
		_change_remaining(entry.lots, "+" if entry.direction == IN else "-")
	if entry.own_lot:
		_insert_lot(entry, entry.expires_on or NEVER)


def _insert_lot(entry: Entry, expires_on: date) -> None:
	by = frappe.session.user
	frappe.db.sql(
		"""insert into `tabPoints Lot`
		(name, creation, modified, owner, modified_by, account, seq, expires_on, points, remaining, is_open)
		values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 1)""",
		(
			*(entry.name, entry.posted_on, entry.posted_on, by, by),
			*(entry.account, entry.seq, expires_on, entry.own_lot, entry.own_lot),
		),
	)


def _change_remaining(takes: tuple[Take, ...], sign: str) -> None:
	for start in range(0, len(takes), TAKES_AT_ONCE):
		some = takes[start : start + TAKES_AT_ONCE]
		change = f"remaining {sign} case name {'when %s then %s ' * len(some)}end"
		pairs = [value for taken in some for value in (taken.lot, taken.points)]
		names = tuple(taken.lot for taken in some)
		frappe.db.sql(
			f"update `tabPoints Lot` set is_open = ({change}) > 0, remaining = {change} where name in %s",
			(*pairs, *pairs, names),
		)
