"""Undoes an entry by adding one that names it, at most once (UNIQUE on `reverses`).

Undoing what came in takes points out of the wallet: what is left of that very lot, then oldest expiry first. What
has expired meanwhile is gone already and is not taken twice. Undoing what went out gives points back to the lots
they came from; lots past their last day come back as one new lot with some days of grace
(`Referral Hub Settings.returned_points_grace_days`).
"""

from dataclasses import dataclass
from typing import NoReturn

import frappe
from frappe import _

from referral_hub.people import employments
from referral_hub.points import accounts, clock, journal
from referral_hub.points.accounts import Wallet
from referral_hub.points.errors import AlreadyReversed, CannotReverse, UnknownEntry, refuse, refuse_broken
from referral_hub.points.moving import expiry, gathering, posting, refusals, requests
from referral_hub.points.rules import lots
from referral_hub.points.rules.chain import IN, OUT, Entry
from referral_hub.points.rules.lots import NEVER, Lot


@dataclass(frozen=True)
class TakenBack:
	"""What a claw-back got: the entry (None when the wallet was empty), its points, and what is still owed."""

	entry: str | None
	points: int
	owed: int


def reverse(entry: str, key: str, note: str = "") -> str:
	"""Undo an entry in full and return the new one; refuse when the wallet no longer holds the points."""
	original, wallet = _original(entry)
	if original.direction == OUT:
		return _give_back(original, wallet, requests.hash_key(key), note)
	return _take_back(original, wallet, requests.hash_key(key), note, in_full=True).entry or _refuse_expired(
		original
	)


def take_back(entry: str, key: str, note: str = "") -> TakenBack:
	"""Undo an incoming entry as far as its owner's wallets of that company allow, and say what is still owed.

	What its own wallet lacks comes from those of the owner's other records. Nothing to take writes nothing.
	"""
	_gather(entry, key, note)
	original, wallet = _original(entry)
	if original.direction == OUT:
		refuse(CannotReverse(_("Entry {0} took points out; there is nothing to take back.").format(entry)))
	return _take_back(original, wallet, requests.hash_key(key), note, in_full=False)


def _gather(entry: str, key: str, note: str) -> None:
	"""Bring what an entry's wallet lacks of it from what the same person holds in that company by other records.

	An order may have moved it there, and what was not spent is not owed.
	"""
	account = frappe.db.get_value("Points Ledger Entry", {"name": entry, "direction": IN}, "account")
	owner = frappe.db.get_value("Points Account", account, ["employee", "company"]) if account else None
	records = employments.records_of(owner[0]) if owner and owner[0] else []
	if not records[1:]:
		return
	accounts.lock_rows(records, owner[1])
	if journal.reversal_of(entry):
		return
	original, wallet = _original(entry)
	today = clock.today()
	wallet = expiry.expire(wallet, today)
	missing = _due(original) - wallet.balance
	if missing > 0:
		held = gathering.held(records[1:], wallet.company, today)
		gathering.move(gathering.first_of(held, missing), records[0], wallet.company, key, note)


def _original(name: str) -> tuple[Entry, Wallet]:
	"""Find the entry and lock the wallet its points are in now."""
	entry = journal.entry_named(name)
	if not entry:
		refuse(UnknownEntry(_("There is no ledger entry {0}.").format(name)))
	if entry.reverses:
		refuse(CannotReverse(_("Entry {0} is a reversal itself. Post a new entry instead.").format(name)))
	if entry.twin:
		refuse(
			CannotReverse(
				_("Entry {0} is a transfer between wallets. Transfer the points back.").format(name)
			)
		)
	return entry, accounts.lock(entry.account)


def _give_back(original: Entry, wallet: Wallet, key_hash: str, note: str) -> str:
	requests.check_room(wallet.balance, original.points)
	known = journal.lots_named([taken.lot for taken in original.lots])
	if not known.keys() >= {taken.lot for taken in original.lots}:
		refuse_broken(wallet.name)
	own = {lot.entry for lot in known.values()} if wallet.name == original.account else set()
	back = lots.give_back(
		((taken, known[taken.lot].expires_on, taken.lot in own) for taken in original.lots),
		clock.today(),
		grace_days(),
	)
	expires_on = None if back.fresh_expires_on == NEVER else back.fresh_expires_on
	draft = journal.draft(
		*(IN, original.points, original.counter, key_hash),
		expires_on=expires_on,
		lots=back.takes,
		reverses=original.name,
	)
	return _append(wallet, draft, original, note)


def _take_back(original: Entry, wallet: Wallet, key_hash: str, note: str, in_full: bool) -> TakenBack:
	refused = refusals.request(key_hash, wallet.employee, wallet.company, wallet.name)
	if refusals.is_known(refused):
		again = _first_answer(original, key_hash)
		return _as_taken(again, original) if again else posting.refuse_again(wallet.balance, original.points)
	wallet, open_lots, again = expiry.settle(
		*(wallet, original.points, clock.today()), lambda: _first_answer(original, key_hash)
	)
	due = _due(original)
	points = min(due, wallet.balance)
	if not again and (points == 0 or (points < due and in_full)):
		again = _first_answer(original, key_hash)
		if not again and points < due and in_full:
			posting.refuse_for_lack(refused, wallet.balance, due)
		if not again:
			return TakenBack(None, 0, due)
	return _as_taken(again or _take(original, wallet, open_lots, points, key_hash, note), original)


def _take(
	original: Entry, wallet: Wallet, open_lots: list[Lot], points: int, key_hash: str, note: str
) -> Entry:
	candidates = {lot.entry: lot for lot in open_lots}
	candidates.update(_own_lot(original, wallet))
	takes = posting.takes_from(wallet, list(candidates.values()), points, first=original.name)
	draft = journal.draft(OUT, points, original.counter, key_hash, lots=takes, reverses=original.name)
	name = _append(wallet, draft, original, note)
	return draft if name == draft.name else journal.entry_named(name)


def _due(original: Entry) -> int:
	"""Count what the entry brought and has not expired since, wherever it was moved."""
	if not original.expires_on:
		return original.own_lot
	return original.own_lot - expiry.expired_of(original.account, original.name, clock.today())


def _as_taken(entry: Entry, original: Entry) -> TakenBack:
	return TakenBack(entry.name, entry.points, max(_due(original) - entry.points, 0))


def _own_lot(original: Entry, wallet: Wallet) -> dict[str, Lot]:
	"""The lot the entry brought, unless a merge moved what was left of it to another wallet."""
	return journal.lots_named([original.name]) if wallet.name == original.account else {}


def _append(wallet: Wallet, draft: Entry, original: Entry, note: str) -> str:
	def again() -> str | None:
		found = _first_answer(original, draft.key_hash)
		return found and found.name

	return posting.append_once(wallet, draft, journal.source_of(original.name), note, again)


def _first_answer(original: Entry, key_hash: str) -> Entry | None:
	"""Return the reversal this key made; refuse when another key reversed the entry, or the key did something else."""
	undo = journal.reversal_of(original.name)
	if undo and undo.key_hash == key_hash:
		return undo
	other = journal.entry_with_key(key_hash)
	if other:
		posting.refuse_other_body(other)
	if undo:
		refuse(AlreadyReversed(_("Entry {0} was already reversed by {1}.").format(original.name, undo.name)))
	return None


def _refuse_expired(original: Entry) -> NoReturn:
	refuse(
		CannotReverse(
			_("The points of entry {0} have expired; there is nothing left to reverse.").format(original.name)
		)
	)


def grace_days() -> int:
	return frappe.db.get_single_value("Referral Hub Settings", "returned_points_grace_days") or 0
