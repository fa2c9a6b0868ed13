"""The points ledger beside Frappe's own Energy Points, on the same site in the same run.

Posting: one entry (lock, hash, lot, balance) against inserting one Energy Point Log. Reading: the balance of a wallet
with 100,000 entries against Energy Points' sum over as many logs, and against a wallet with 1,000 entries. Spending
from 100,000 open lots against spending from 1,000. There are 20,000 other wallets and as many kept refusals.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import frappe
from frappe.social.doctype.energy_point_log.energy_point_log import get_energy_points
from frappe.utils import add_days, today

from benchmarks.points_volume import make_crowd, make_employee, make_logs, make_user, make_wallet
from benchmarks.timing import compare, interleaved_medians, row
from referral_hub.points import service

NAME = "points"
SMALL, LARGE, CROWD = 1_000, 100_000, 20_000
POST_ROUNDS, READ_ROUNDS = 60, 30
CALLS = 20
FLAT = 1.25
FEW, MANY, USER = "HUB-BENCH-FEW", "HUB-BENCH-MANY", "points.benchmark@example.com"


def run() -> list[dict]:
	with volumes():
		return [
			compare(
				"points: post one entry against inserting one Energy Point Log",
				poster(FEW),
				insert_log,
				bound=1.0,
				rounds=POST_ROUNDS,
			),
			balance_against_sum(),
			compare(
				f"points: balance, {LARGE:,} entries, against {SMALL:,}",
				lambda: service.balance(MANY),
				lambda: service.balance(FEW),
				bound=FLAT,
				unit="us",
				rounds=3 * READ_ROUNDS,
			),
			compare(
				f"points: spend from {LARGE:,} open lots, against {SMALL:,}",
				spender(MANY),
				spender(FEW),
				bound=FLAT,
				rounds=POST_ROUNDS,
			),
		]


def balance_against_sum() -> dict:
	"""Twenty balances in a row, divided by twenty: one alone is as short as what a garbage collection costs after it."""
	ours, peer = interleaved_medians(
		lambda: [service.balance(MANY) for _call in range(CALLS)],
		lambda: get_energy_points(USER),
		rounds=READ_ROUNDS,
	)
	name = f"points: balance, {LARGE:,} entries, against Energy Points' sum over {LARGE:,} logs"
	return row(name, ours / CALLS * 1e3, peer * 1e3, unit="ms", bound=1 / 50)


def poster(employee: str) -> Callable[[], str]:
	numbers, last_day = count(), add_days(today(), 1000)
	return lambda: service.post(employee, 5, "Issuance", f"benchmark in {next(numbers)}", expires_on=last_day)


def spender(employee: str) -> Callable[[], str]:
	numbers = count()
	return lambda: service.post(employee, -1, "Shop", f"benchmark out {employee} {next(numbers)}")


def insert_log() -> None:
	log = frappe.new_doc("Energy Point Log")
	log.update(
		{"type": "Auto", "user": USER, "points": 5, "reference_doctype": "User", "reference_name": USER}
	)
	log.insert(ignore_permissions=True)


@contextmanager
def volumes() -> Iterator[None]:
	"""Two wallets among 20,000 others, and as many logs as the larger has entries. Never committed: gone with the rollback."""
	company = frappe.get_all("Company", limit=1, order_by="creation asc", pluck="name")[0]
	try:
		make_logs(make_user(USER), LARGE)
		make_crowd(company, CROWD)
		for employee, entries in ((FEW, SMALL), (MANY, LARGE)):
			make_wallet(make_employee(employee, company), company, entries)
		yield
	finally:
		frappe.db.rollback()
