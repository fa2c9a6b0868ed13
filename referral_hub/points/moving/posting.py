"""Puts points into a locked wallet and takes them out of it, once per key. Called by the other files of this slice."""

from collections.abc import Callable
from datetime import date
from typing import NoReturn

from frappe import _

from referral_hub.points import accounts, clock, journal
from referral_hub.points.accounts import Wallet
from referral_hub.points.database import is_duplicate
from referral_hub.points.errors import (
	AlreadyRefused,
	InsufficientPoints,
	KeyReusedWithAnotherBody,
	refuse,
	refuse_broken,
)
from referral_hub.points.moving import expiry, readiness, refusals, requests
from referral_hub.points.moving.readiness import Ready
from referral_hub.points.moving.requests import Posting
from referral_hub.points.rules import lots
from referral_hub.points.rules.chain import Entry
from referral_hub.points.rules.lots import Lot, Take
from referral_hub.wording.counting import counted


def put_in(ready: Ready, posting: Posting) -> str:
	"""Post points into a wallet; the same key again gives the first entry."""
	wallet = ready.wallet
	if ready.was_refused or not _fits(wallet, posting):
		again = first_answer(posting, wallet)
		if again:
			return again
		if ready.was_refused:
			refuse_again(wallet.balance, posting.points)
		requests.check_room(wallet.balance, posting.points)
		requests.check_expiry(posting.expires_on, clock.today())
	return _append(ready, wallet, posting, expires_on=posting.expires_on)


def take_out(ready: Ready, posting: Posting) -> str:
	"""Post points out of a wallet, oldest expiry first; the same key again gives the first entry."""
	if ready.was_refused:
		return first_answer(posting, ready.wallet) or refuse_again(ready.wallet.balance, posting.points)
	wallet, open_lots, again = expiry.settle(
		ready.wallet, posting.points, clock.today(), lambda: first_answer(posting, ready.wallet)
	)
	if again:
		return again
	if wallet.balance < posting.points:
		again = first_answer(posting, wallet)
		refused = readiness.request(posting.key_hash, wallet)
		return again or refuse_for_lack(refused, wallet.balance, posting.points)
	return _append(ready, wallet, posting, lots=takes_from(wallet, open_lots, posting.points))


def take_out_of_nothing(employee: str, company: str, posting: Posting) -> NoReturn:
	"""Refuse somebody who has no wallet yet."""
	refused = refusals.request(posting.key_hash, employee, company, None)
	if refusals.is_known(refused):
		refuse_again(0, posting.points)
	refuse_for_lack(refused, 0, posting.points)


def append_once(
	wallet: Wallet, entry: Entry, source: journal.Source, note: str, again: Callable[[], str | None]
) -> str:
	"""Write an entry; when its key was used before, answer with what `again` finds."""
	try:
		journal.append(wallet, entry, source, note)
	except Exception as error:
		if not is_duplicate(error):
			raise
		return again() or refuse_broken(wallet.name)
	return entry.name


def first_answer(posting: Posting, wallet: Wallet) -> str | None:
	"""Return the entry this key already made, None when there is none; refuse when its body differs."""
	entry = journal.entry_with_key(posting.key_hash)
	if entry is None:
		return None
	if not _same_body(entry, posting, wallet):
		refuse_other_body(entry)
	return entry.name


def takes_from(
	wallet: Wallet, open_lots: list[Lot], points: int, first: str | None = None
) -> tuple[Take, ...]:
	"""Choose the lots, oldest expiry first; refuse when they hold less than the balance says."""
	if sum(lot.remaining for lot in open_lots) < points:
		refuse_broken(wallet.name)
	return lots.take(open_lots, points, first)


def refuse_for_lack(refused: refusals.Request, available: int, needed: int) -> NoReturn:
	"""Refuse, and remember it past the end of this transaction."""
	refusals.remember(refused)
	message = counted(
		needed,
		_("{0} point is needed and the wallet holds {1}. Nothing was posted."),
		_("{0} points are needed and the wallet holds {1}. Nothing was posted."),
	).format(needed, available)
	refuse(InsufficientPoints(message, available, needed))


def refuse_again(available: int, needed: int) -> NoReturn:
	"""Refuse a request that was refused before, whatever the wallet holds now."""
	message = _("This was refused before for lack of points. Ask again with a new key to try once more.")
	refuse(AlreadyRefused(message, available, needed))


def refuse_other_body(entry: Entry) -> NoReturn:
	refuse(
		KeyReusedWithAnotherBody(
			_(
				"The key belongs to entry {0}, which differs in wallet, points, counter account, expiry or source."
				" Use a new key for a new transfer."
			).format(entry.name)
		)
	)


def _append(
	ready: Ready,
	wallet: Wallet,
	posting: Posting,
	*,
	expires_on: date | None = None,
	lots: tuple[Take, ...] = (),
) -> str:
	counter = ready.counter or accounts.open_counter(posting.counter, wallet.company)
	entry = journal.draft(
		posting.direction, posting.points, counter, posting.key_hash, expires_on=expires_on, lots=lots
	)
	return append_once(wallet, entry, posting.source, posting.note, lambda: first_answer(posting, wallet))


def _fits(wallet: Wallet, posting: Posting) -> bool:
	too_late = posting.expires_on and posting.expires_on < clock.today()
	return not too_late and wallet.balance + posting.points <= requests.LARGEST_BALANCE


def _same_body(entry: Entry, posting: Posting, wallet: Wallet) -> bool:
	return (
		(entry.direction, entry.points, entry.expires_on)
		== (posting.direction, posting.points, posting.expires_on)
		and entry.reverses is None
		and entry.twin is None
		and accounts.lock(entry.account).name == wallet.name
		and accounts.counter_of(entry.counter)[0] == posting.counter
		and journal.source_of(entry.name) == posting.source
	)
