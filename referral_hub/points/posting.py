"""Puts points into a locked wallet and takes them out of it, once per key. Called by the other files of this slice."""

from collections.abc import Callable
from datetime import date

from frappe import _
from frappe.utils import getdate, nowdate

from referral_hub.points import accounts, expiry, journal, refusals, requests
from referral_hub.points.accounts import Wallet
from referral_hub.points.database import is_duplicate
from referral_hub.points.errors import (
	AlreadyRefused,
	InsufficientPoints,
	KeyReusedWithAnotherBody,
	LedgerBroken,
	refuse,
)
from referral_hub.points.requests import Posting
from referral_hub.points.rules import lots
from referral_hub.points.rules.chain import Entry
from referral_hub.points.rules.lots import Lot, Take


def put_in(wallet: Wallet, posting: Posting) -> str:
	"""Post points into a wallet; the same key again gives the first entry."""
	refused = refusals.identities(posting.key_hash, wallet.employee, wallet.company, wallet.name)
	if refusals.is_known(refused) or not _fits(wallet, posting):
		again = first_answer(posting, wallet)
		if again:
			return again
		refuse_retry(refused, wallet.balance, posting.points)
		requests.check_room(wallet.balance, posting.points)
		requests.check_expiry(posting.expires_on, getdate(nowdate()))
	return _append(wallet, posting, expires_on=posting.expires_on)


def take_out(employee: str, company: str, wallet: Wallet | None, posting: Posting) -> str:
	"""Post points out of a wallet, oldest expiry first; the same key again gives the first entry."""
	refused = refusals.identities(posting.key_hash, employee, company, wallet and wallet.name)
	if refusals.is_known(refused):
		again = wallet and first_answer(posting, wallet)
		return again or refuse_retry(refused, wallet.balance if wallet else 0, posting.points)
	if wallet:
		wallet, open_lots = expiry.settle(wallet, posting.points, getdate(nowdate()))
	available = wallet.balance if wallet else 0
	if available < posting.points:
		again = wallet and first_answer(posting, wallet)
		return again or refuse_for_lack(refused, available, posting.points)
	return _append(wallet, posting, lots=takes_from(wallet, open_lots, posting.points))


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


def refuse_for_lack(refused: tuple[str, ...], available: int, needed: int) -> None:
	"""Refuse, and remember it past the end of this transaction."""
	refusals.remember(refused[0])
	message = _("{0} points are needed and the wallet holds {1}. Nothing was posted.").format(
		needed, available
	)
	refuse(InsufficientPoints(message, available, needed))


def refuse_retry(refused: tuple[str, ...], available: int, needed: int) -> None:
	"""Refuse a request that was refused before, whatever the wallet holds now."""
	if refusals.is_known(refused):
		message = _("This was refused before for lack of points. Ask again with a new key to try once more.")
		refuse(AlreadyRefused(message, available, needed))


def refuse_other_body(entry: Entry) -> None:
	refuse(
		KeyReusedWithAnotherBody(
			_(
				"The key belongs to entry {0}, which differs in wallet, points, counter account, expiry or source."
				" Use a new key for a new transfer."
			).format(entry.name)
		)
	)


def refuse_broken(account: str) -> None:
	refuse(
		LedgerBroken(
			_("Wallet {0} contradicts its entries. Run bench hub-verify; nothing was posted.").format(account)
		)
	)


def _append(
	wallet: Wallet, posting: Posting, *, expires_on: date | None = None, lots: tuple[Take, ...] = ()
) -> str:
	counter = accounts.counter_account(posting.counter, wallet.company)
	entry = journal.draft(
		posting.direction, posting.points, counter, posting.key_hash, expires_on=expires_on, lots=lots
	)
	return append_once(wallet, entry, posting.source, posting.note, lambda: first_answer(posting, wallet))


def _fits(wallet: Wallet, posting: Posting) -> bool:
	too_late = posting.expires_on and posting.expires_on < getdate(nowdate())
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
