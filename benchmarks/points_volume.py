"""Makes wallets with a long history by bulk inserts, hashes and lots included, so that `hub-verify` finds them sound.

Nothing is committed, and whoever asks for a volume rolls it back; what is to be read as a site reads it is settled, and removed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

import frappe
from frappe.utils import getdate, now_datetime

from referral_hub.points import accounts, refusal_seals, seals
from referral_hub.points.rules.chain import GENESIS, IN, OUT, Entry, compact_json, digest, next_hash
from referral_hub.points.rules.lots import Take
from referral_hub.points.rules.seal import STATE

POINTS_EACH = 5
LIFETIME_DAYS = 700
ENTRY_FIELDS = (
	*("name", "creation", "modified", "owner", "modified_by", "account", "seq", "direction", "points"),
	*("balance_after", "posted_on", "counter", "expires_on", "lots", "key_hash", "entry_hash"),
)
LOT_FIELDS = (
	*("name", "creation", "modified", "owner", "modified_by", "account", "seq", "expires_on", "points"),
	*("remaining", "is_open"),
)
LOG_FIELDS = (
	*("name", "creation", "modified", "owner", "modified_by", "user", "type", "points"),
	*("reference_doctype", "reference_name"),
)
ACCOUNT_FIELDS = (
	*(
		"name",
		"creation",
		"modified",
		"owner",
		"modified_by",
		"kind",
		"employee",
		"company",
		"program",
		"slot",
		"seal",
		"last_hash",
	),
)
HISTORY_FIELDS = (*ACCOUNT_FIELDS[:-1], *STATE)
WALLETS_AT_ONCE = 500
HISTORY = {"Points Ledger Entry": "account", "Points Lot": "account", "Points Account": "name"}
SHOP = accounts.Counter(accounts.SHOP)
REFUSAL_FIELDS = ("name", "creation", "modified", "owner", "modified_by", "key_hash", "refused_on", "seal")
BY = ("Administrator", "Administrator")


def make_wallet(employee: str, company: str, entries: int) -> str:
	"""A wallet of so many incoming entries, each a lot of its own."""
	account, counter = accounts.random_name(), accounts.counter_account(accounts.issuance(None), company)
	labels = {"employee": employee, "company": company, "program": "", "slot": ""}
	accounts.insert_account(name=account, kind=accounts.WALLET, **labels)
	rows, lots, last = [], [], GENESIS
	for seq in range(1, entries + 1):
		entry = _entry(account, counter, seq)
		last = next_hash(last, entry)
		rows.append(_entry_row(entry, last))
		lots.append(_lot_row(entry))
	frappe.db.bulk_insert("Points Ledger Entry", ENTRY_FIELDS, rows)
	frappe.db.bulk_insert("Points Lot", LOT_FIELDS, lots)
	state = (entries * POINTS_EACH, entries, last)
	seal = seals.seal_of((account, accounts.WALLET, *labels.values(), None), state)
	seals.store(account, {**dict(zip(STATE, state, strict=True)), "seal": seal})
	return account


def make_histories(
	company: str,
	prefix: str,
	wallets: int,
	entries: int,
	*,
	moved: Callable[[int], datetime],
	last_day: Callable[[int], date],
) -> None:
	"""As many wallets, each with so many entries: three that bring points, then one that spends the oldest lot.

	`moved`: wallet -> when its last entry was posted, the others long before; `last_day`: entry -> when what it brings ends.
	"""
	counter, shop = (accounts.counter_account(kind, company) for kind in (accounts.issuance(None), SHOP))
	for first in range(0, wallets, WALLETS_AT_ONCE):
		rows, lots, owners = [], [], []
		for number in range(first, min(first + WALLETS_AT_ONCE, wallets)):
			labels = (accounts.random_name(), accounts.WALLET, f"{prefix}{number}", company, "", "")
			history = _History(labels[0], counter, shop, last_day)
			history.make(entries, moved(number))
			rows += history.rows
			lots += history.lots
			state = (history.balance, entries, history.last)
			at = moved(number)
			owners.append(
				(labels[0], at, at, *BY, *labels[1:], seals.seal_of((*labels, None), state), *state)
			)
		frappe.db.bulk_insert("Points Ledger Entry", ENTRY_FIELDS, rows)
		frappe.db.bulk_insert("Points Lot", LOT_FIELDS, lots)
		frappe.db.bulk_insert("Points Account", HISTORY_FIELDS, owners)


class _History:
	"""The entries and lots of one wallet, in the order they came."""

	def __init__(self, account: str, counter: str, shop: str, last_day: Callable[[int], date]) -> None:
		self.account, self.counter, self.shop, self.last_day = account, counter, shop, last_day
		self.rows: list[tuple] = []
		self.lots: list[tuple] = []
		self.balance, self.last, self._spent = 0, GENESIS, 0

	def make(self, entries: int, moved: datetime) -> None:
		for seq in range(1, entries + 1):
			at = moved if seq == entries else moved - timedelta(days=30, seconds=entries - seq)
			entry = replace(
				_entry(self.account, self.counter, seq), posted_on=at, expires_on=self.last_day(seq)
			)
			if seq % 4 == 0:
				oldest, self._spent = self.lots[self._spent], self._spent + 1
				self.lots[self._spent - 1] = (*oldest[:-2], 0, 0)
				entry = replace(
					entry,
					direction=OUT,
					counter=self.shop,
					expires_on=None,
					lots=(Take(oldest[0], POINTS_EACH),),
				)
			else:
				self.lots.append(_lot_row(entry))
			self.balance += entry.signed
			entry = replace(entry, balance_after=self.balance)
			self.last = next_hash(self.last, entry)
			self.rows.append(_entry_row(entry, self.last))


@contextmanager
def kept_histories(prefix: str) -> Iterator[None]:
	"""What is made of employees of this prefix may be settled: it is removed afterwards, and what an earlier run left, before."""
	_remove_histories(prefix)
	try:
		yield
	finally:
		frappe.db.rollback()
		_remove_histories(prefix)


def settle() -> None:
	"""Commit, and let the database count: rows of an open transaction are read by other ways than a site's."""
	frappe.db.commit()
	for doctype in HISTORY:
		frappe.db.sql(f"analyze table `tab{doctype}`")


def _remove_histories(prefix: str) -> None:
	while names := frappe.db.sql_list(
		"select name from `tabPoints Account` where employee like %s limit %s",
		(f"{prefix}%", WALLETS_AT_ONCE),
	):
		for doctype, column in HISTORY.items():
			frappe.db.sql(f"delete from `tab{doctype}` where {column} in %s", (tuple(names),))
		frappe.db.commit()
	frappe.db.sql("delete from `tabEmployee` where name like %s", f"{prefix}%")
	frappe.db.commit()


def make_crowd(company: str, people: int) -> None:
	"""As many other wallets and kept refusals, among which each post has to find its own."""
	at = now_datetime()
	labels = [
		(accounts.random_name(), accounts.WALLET, f"HUB-BENCH-{number}", company, "", "")
		for number in range(people)
	]
	wallets = [
		(name, at, at, *BY, *rest, seals.seal_of((name, *rest, None)), GENESIS) for name, *rest in labels
	]
	frappe.db.bulk_insert("Points Account", ACCOUNT_FIELDS, wallets)
	keys = [(digest(f"{number}"), digest(f"key {number}")) for number in range(people)]
	refusals = [
		(name, at, at, *BY, key_hash, at, refusal_seals.seal_of(name, key_hash, at))
		for name, key_hash in keys
	]
	frappe.db.bulk_insert("Points Refusal", REFUSAL_FIELDS, refusals)


def make_logs(user: str, logs: int) -> None:
	"""As many Energy Point Logs of one user."""
	at = now_datetime()
	rows = [
		(accounts.random_name(), at, at, *BY, user, "Auto", POINTS_EACH, "User", user)
		for _number in range(logs)
	]
	frappe.db.bulk_insert("Energy Point Log", LOG_FIELDS, rows)


def make_employee(name: str, company: str) -> str:
	"""Only the row: HR's own checks are not what is measured."""
	employee = frappe.new_doc("Employee")
	employee.update({"name": name, "employee_name": name, "company": company, "status": "Active"})
	employee.db_insert()
	return name


def make_user(email: str) -> str:
	"""Without notification settings, so that the peer queues no notification for each log."""
	user = frappe.new_doc("User")
	user.update({"name": email, "email": email, "first_name": "Benchmark", "enabled": 1})
	user.db_insert()
	return email


def _entry(account: str, counter: str, seq: int) -> Entry:
	return Entry(
		name=accounts.random_name(),
		account=account,
		seq=seq,
		direction=IN,
		points=POINTS_EACH,
		balance_after=seq * POINTS_EACH,
		counter=counter,
		key_hash=digest(f"benchmark volume {account} {seq}"),
		posted_on=now_datetime(),
		expires_on=getdate() + timedelta(days=1 + seq % LIFETIME_DAYS),
	)


def _entry_row(entry: Entry, entry_hash: str) -> tuple:
	return (
		*(entry.name, entry.posted_on, entry.posted_on, *BY, entry.account, entry.seq, entry.direction),
		*(entry.points, entry.balance_after, entry.posted_on, entry.counter, entry.expires_on),
		*(compact_json([[taken.lot, taken.points] for taken in entry.lots]), entry.key_hash, entry_hash),
	)


def _lot_row(entry: Entry) -> tuple:
	return (
		*(entry.name, entry.posted_on, entry.posted_on, *BY, entry.account, entry.seq, entry.expires_on),
		*(entry.points, entry.points, 1),
	)
