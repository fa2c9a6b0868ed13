"""Lets points expire: what is left of a lot after its last day leaves the wallet as an entry like any other.

Called by the daily task, and by every spend for the wallet it spends from, so that expired points can't be spent
in the hours before the task runs. A lot that was spent has nothing left and can't expire.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import frappe
from frappe.utils import getdate

from referral_hub.points import accounts, clock, journal
from referral_hub.points.accounts import EXPIRY, Counter, Wallet
from referral_hub.points.broken import unless_broken
from referral_hub.points.errors import refuse_broken
from referral_hub.points.rules import lots
from referral_hub.points.rules.chain import OUT, Entry, digest
from referral_hub.points.rules.lots import Lot

WALLETS_AT_ONCE = 200
Answer = TypeVar("Answer")


def expire_due(today: date | str | None = None, limit: int = WALLETS_AT_ONCE) -> int:
	"""Expire what is due in up to `limit` wallets; return how many did, 0 when all is done. A broken one stops no other."""
	today = getdate(today) if today else clock.today()
	expired, last = 0, ""
	while expired < limit and (due := _wallets_due(today, last, limit - expired)):
		expired += sum(_expire_if_sound(account, today) for account in due)
		last = due[-1]
	return expired


def settle(
	wallet: Wallet, points: int, today: date, again: Callable[[], Answer | None]
) -> tuple[Wallet, list[Lot], Answer | None]:
	"""Expire what is due in a locked wallet, then lock the lots that so many points may come from.

	A retry writes nothing, not even an expiry: when something is due, `again` is asked first whether this is one.
	"""
	open_lots = journal.open_lots(wallet.name, points)
	if open_lots and open_lots[0].expires_on < today:
		answer = again()
		if answer:
			return wallet, open_lots, answer
		wallet = expire(wallet, today)
		open_lots = journal.open_lots(wallet.name, points)
	return wallet, open_lots, None


def expire(wallet: Wallet, today: date) -> Wallet:
	"""Post one entry for everything that is due in a locked wallet."""
	takes = lots.due(journal.open_lots(wallet.name, wallet.balance), today)
	if not takes:
		return wallet
	if sum(taken.points for taken in takes) > wallet.balance:
		refuse_broken(wallet.name)
	counter = accounts.counter_account(Counter(EXPIRY), wallet.company)
	key_hash = digest(f"expiry\n{wallet.name}\n{wallet.seq + 1}")
	entry = journal.draft(OUT, sum(taken.points for taken in takes), counter, key_hash, lots=takes)
	return journal.append(wallet, entry)


def _wallets_due(today: date, after: str, limit: int) -> list[str]:
	return frappe.db.sql_list(
		"""select distinct account from `tabPoints Lot`
		where is_open = 1 and expires_on < %s and account > %s order by account limit %s""",
		(today, after, limit),
	)


def _expire_if_sound(account: str, today: date) -> bool:
	"""Expire one wallet and tell whether anything did; one that contradicts itself waits for its repair."""
	wallet = unless_broken("expire_points", lambda: accounts.lock(account))
	moved = wallet and unless_broken("expire_points", lambda: expire(wallet, today))
	return bool(moved) and moved.seq > wallet.seq


def expired_of(account: str, lot: str, today: date) -> int:
	"""Count what expired of a lot and did not come back, here and wherever it was moved to with its last day."""
	rows = frappe.db.sql(
		f"""select {journal.prefixed("entry")} from `tabPoints Ledger Entry` entry
		join `tabPoints Account` counter on counter.name = entry.counter
		left join `tabPoints Ledger Entry` reversal on reversal.reverses = entry.name
		where entry.account = %s and entry.direction = 'Out' and reversal.name is null
			and (counter.kind = %s or entry.twin is not null)""",
		(account, EXPIRY),
	)
	entries = [journal.as_entry(row) for row in rows]
	return sum(
		lots.gone_of(entry.lots, lot, _expired_with(entry, today), _undone_in_time(entry))
		for entry in entries
		if any(taken.lot == lot for taken in entry.lots)
	)


def _expired_with(entry: Entry, today: date) -> int:
	"""Count what has expired of what an entry took: all of it, or what did where it moved it to, booked there or not yet."""
	if not entry.twin:
		return entry.points
	came = journal.entry_named(entry.twin)
	kept = frappe.db.get_value(
		"Points Lot", entry.twin, ["remaining", "expires_on"]
	)  # of a wallet that is not locked
	if not came or not kept or not kept[1]:
		refuse_broken(entry.account)
	not_booked = kept[0] if kept[1] < today else 0
	return expired_of(came.account, came.name, today) + not_booked


def _undone_in_time(entry: Entry) -> list[str]:
	"""Of the earns that an entry moved, name those undone while they could be spent: what expired later is of the others."""
	if not entry.twin or not entry.lots[1:]:
		return []
	return frappe.db.sql_list(
		"""select reversal.reverses from `tabPoints Ledger Entry` reversal
		join `tabPoints Lot` moved on moved.name = %s and date(reversal.posted_on) <= moved.expires_on
		where reversal.reverses in %s""",
		(entry.twin, tuple(taken.lot for taken in entry.lots)),
	)
