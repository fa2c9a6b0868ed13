"""A ledger of 1,000,000 entries in 50,000 wallets: read by an employee, proved by an administrator, expired by the night.

The wallet page: its data for a wallet with a long history against one with ten entries; 95 of 100 stay below the figure. Verify: every
invariant of all entries against a bare loop that reads the same entries and hashes them; what moved since yesterday against
the whole, a row of each. Expiry: 100,000 lots against 10,000, a lot of each, and how much memory that takes at most.
"""

import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import frappe
from frappe.utils import getdate, now_datetime

from benchmarks.points_volume import kept_histories, make_employee, make_histories, settle
from benchmarks.timing import compare, interleaved_medians, percentile_95, row
from referral_hub.points import journal, service
from referral_hub.points.rules import stored
from referral_hub.points.rules.chain import GENESIS, next_hash
from referral_hub.portal import wallet

NAME = "ledger"
ENTRIES, WALLETS = 1_000_000, 50_000
DUE, DUE_FEW, DUE_ENTRIES, DUE_LOTS = 10_000, 1_000, 18, 10  # wallets, entries of each, and lots left of them
TYPICAL, SHORT = 20, 10  # entries of a wallet
MOVED_YESTERDAY = 15  # one in so many wallets
PREFIX = "HUB-BENCH-LEDGER-"
ROUNDS = 100
PAGE = 5_000


def run() -> list[dict]:
	with volume():
		page = wallet_page()
		whole, seconds_a_row = proving()
		return [page, whole, proving_yesterday(seconds_a_row), *expiring()]


def wallet_page() -> dict:
	return compare(
		f"ledger: wallet page, {busy_entries():,} entries, against {SHORT}",
		lambda: wallet.tell(employee("BUSY-0")),
		lambda: wallet.tell(employee("SHORT-0")),
		bound=1.2,
		rounds=ROUNDS,
		figure=percentile_95,
	)


def proving() -> tuple[dict, float]:
	ours, peer = interleaved_medians(prove, read_and_hash, rounds=1, warm_up=0)
	name = f"ledger: verify {ENTRIES:,} entries, against a loop that reads and hashes them"
	return row(name, ours, peer, unit="s", bound=1.5), ours / ENTRIES


def prove(since=None) -> None:
	if found := service.verify(since=since):
		raise AssertionError(f"the ledger is not sound: {found[:3]}")


def read_and_hash() -> None:
	"""The least that proves a chain: each entry in its place, and its hash made anew."""
	account, seq, last = "", 0, ""
	while rows := frappe.db.sql(
		f"""select {journal.ENTRY_FIELDS}, entry_hash from `tabPoints Ledger Entry`
		where (account = %s and seq > %s) or account > %s order by account, seq limit {PAGE}""",
		(account, seq, account),
	):
		for *values, entry_hash in rows:
			entry = stored.as_entry(values)
			previous = last if entry.account == account else GENESIS
			if next_hash(previous, entry) != entry_hash:
				raise AssertionError("the chain is broken")
			account, seq, last = entry.account, entry.seq, entry_hash


def proving_yesterday(seconds_a_row: float) -> dict:
	since = getdate() - timedelta(days=1)
	((rows,),) = frappe.db.sql("select count(*) from `tabPoints Ledger Entry` where modified >= %s", since)
	seconds = min(timed(lambda: prove(since)) for _round in range(5))
	name = f"ledger: verify yesterday's {rows:,} entries, a row of them against one of all"
	return row(name, seconds / rows * 1e6, seconds_a_row * 1e6, unit="us", bound=1.5)


def expiring() -> list[dict]:
	"""Ten times the lots take ten times as long, and no more memory."""
	few, many = getdate() - timedelta(days=300), getdate()
	time_of_few, memory_of_few = expire(few, DUE_FEW)
	expire_all(few)
	time_of_many, memory_of_many = expire(many, DUE)
	what = f"ledger: expire {DUE * DUE_LOTS:,} lots, against {DUE_FEW * DUE_LOTS:,}"
	a_lot = [time_of_many / DUE / DUE_LOTS * 1e6, time_of_few / DUE_FEW / DUE_LOTS * 1e6]
	return [
		row(f"{what}, a lot of each", *a_lot, unit="us", bound=1.25),
		row(f"{what}, most memory", memory_of_many / 1e3, memory_of_few / 1e3, unit="kB", bound=1.25),
	]


def expire(today, wallets: int) -> tuple[float, int]:
	"""Return the seconds it takes, and in a second run the most bytes at once; nothing stays expired."""
	frappe.db.savepoint("expiry")
	seconds = timed(lambda: expire_all(today, wallets))
	frappe.db.rollback(save_point="expiry")
	tracemalloc.start()
	expire_all(today, wallets)
	_now, most = tracemalloc.get_traced_memory()
	tracemalloc.stop()
	frappe.db.rollback(save_point="expiry")
	return seconds, most


def expire_all(today, wallets: int | None = None) -> None:
	"""What the daily task does, without its commits."""
	expired = 0
	while some := service.expire_due(today):
		expired += some
	if wallets and expired < wallets:
		raise AssertionError(f"{expired} wallets expired")


def timed(work: Callable[[], object]) -> float:
	started = time.perf_counter()
	work()
	return time.perf_counter() - started


def employee(number: str) -> frappe._dict:
	return frappe._dict(name=PREFIX + number, company=company())


def company() -> str:
	return frappe.get_all("Company", limit=1, order_by="creation asc", pluck="name")[0]


def busy_entries() -> int:
	"""What is left of the entries when every other wallet has its own."""
	others = (DUE + DUE_FEW) * DUE_ENTRIES + SHORT + (WALLETS - DUE - DUE_FEW - 2) * TYPICAL
	return ENTRIES - others


@contextmanager
def volume() -> Iterator[None]:
	"""Wallets as they are after years: committed, as a site's are, and removed afterwards."""
	today, noon = getdate(), now_datetime().replace(hour=12)
	yesterday, long_ago = noon - timedelta(days=1), noon - timedelta(days=800)

	def ends(days: int):
		return lambda _seq: today - timedelta(days=days)

	def later(seq: int):
		return today + timedelta(days=30 + seq % 700)

	def moved(number: int) -> datetime:
		return yesterday if number % MOVED_YESTERDAY == 0 else noon - timedelta(days=40)

	with kept_histories(PREFIX):
		others = WALLETS - DUE - DUE_FEW - 2
		make(f"{PREFIX}DUE-", DUE, DUE_ENTRIES, lambda _number: long_ago, ends(100))
		make(f"{PREFIX}FEW-", DUE_FEW, DUE_ENTRIES, lambda _number: long_ago, ends(400))
		make(f"{PREFIX}TYPICAL-", others, TYPICAL, moved, later)
		for name, entries in (("BUSY-", busy_entries()), ("SHORT-", SHORT)):
			make_employee(f"{PREFIX}{name}0", company())
			make(PREFIX + name, 1, entries, lambda _number: noon - timedelta(days=40), later)
		settle()
		yield


def make(prefix: str, wallets: int, entries: int, moved, last_day) -> None:
	make_histories(company(), prefix, wallets, entries, moved=moved, last_day=last_day)
