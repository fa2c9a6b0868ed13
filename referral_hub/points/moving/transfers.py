"""Moves points from one wallet to another of the same company: two entries that name each other.

Lots keep their last day, so there is one pair of entries for each day that points expire. Called by the service, by
`owners` when HR merges two employees, and by `companies`. Both wallets are locked in one order, whoever asks.
"""

from datetime import date

from frappe import _
from frappe.model.document import Document

from referral_hub.points import accounts, clock, journal
from referral_hub.points.accounts import Wallet
from referral_hub.points.database import is_duplicate
from referral_hub.points.errors import InvalidPoints, refuse
from referral_hub.points.journal import Source
from referral_hub.points.moving import expiry, posting, refusals, requests
from referral_hub.points.rules.chain import IN, OUT, Entry, digest
from referral_hub.points.rules.lots import NEVER, Lot, Take, by_last_day


def transfer(
	giver: str,
	taker: str,
	points: int,
	key: str,
	*,
	company: str | None = None,
	source: Document | tuple[str, str] | None = None,
	note: str = "",
) -> str:
	"""Move points from one employee's wallet to another's; return the first entry that left the giver's."""
	if requests.whole(points) < 0:
		refuse(InvalidPoints(_("A transfer moves 1 point or more.")))
	key_hash, from_where = requests.hash_key(key), requests.as_source(source)
	company = company or accounts.company_of(giver)
	giving = accounts.find_or_none(giver, company)
	taking = accounts.find_or_open(taker, company)
	if giving == taking:
		refuse(InvalidPoints(_("Giver and taker share one wallet.")))
	if not giving:
		posting.refuse_for_lack(refusals.request(key_hash, giver, company, None), 0, points)
	source_wallet, target = accounts.lock_both(giving, taking)
	return _once(source_wallet, target, points, key_hash, from_where, note)


def move(
	giver: Wallet,
	taker: Wallet,
	lots: list[Lot],
	points: int,
	key_hash: str,
	source: Source,
	note: str,
	against: tuple[str, str] | None = None,
) -> str:
	"""Write the pairs of entries; both wallets are locked and hold enough. Return the first entry.

	`against`: the counter accounts of what leaves and of what comes, where these are not the wallets themselves.
	"""
	first, against = None, against or (taker.name, giver.name)
	for number, (expires_on, takes) in enumerate(by_last_day(lots, posting.takes_from(giver, lots, points))):
		out, into = _pair(against, takes, expires_on, key_hash, number)
		giver = journal.append(giver, out, source, note)
		taker = journal.append(taker, into, source, note)
		first = first or out.name
	return first


def _once(giver: Wallet, taker: Wallet, points: int, key_hash: str, source: Source, note: str) -> str:
	def again() -> str | None:
		return _first_answer(giver, taker, points, key_hash, source)

	refused = refusals.request(key_hash, giver.employee, giver.company, giver.name)
	if refusals.is_known(refused):
		return again() or posting.refuse_again(giver.balance, points)
	settled, open_lots, answer = expiry.settle(giver, points, clock.today(), again)
	if answer or settled.balance < points:
		return answer or again() or posting.refuse_for_lack(refused, settled.balance, points)
	requests.check_room(taker.balance, points)
	try:
		return move(settled, taker, open_lots, points, key_hash, source, note)
	except Exception as error:
		if not is_duplicate(error):
			raise
		return again() or posting.refuse_broken(giver.name)


def _pair(
	against: tuple[str, str], takes: list[Take], expires_on: date, key_hash: str, number: int
) -> tuple[Entry, Entry]:
	points = sum(taken.points for taken in takes)
	names = {OUT: accounts.random_name(), IN: accounts.random_name()}
	out = journal.draft(
		*(OUT, points, against[0], _key(key_hash, number, OUT)),
		lots=tuple(takes),
		name=names[OUT],
		twin=names[IN],
	)
	into = journal.draft(
		*(IN, points, against[1], _key(key_hash, number, IN)),
		expires_on=None if expires_on == NEVER else expires_on,
		name=names[IN],
		twin=names[OUT],
	)
	return out, into


def _key(key_hash: str, number: int, direction: str) -> str:
	"""Give the first outgoing entry the caller's key, the others keys that follow from it."""
	return key_hash if (number, direction) == (0, OUT) else digest(f"{key_hash}\n{number}\n{direction}")


def _first_answer(giver: Wallet, taker: Wallet, points: int, key_hash: str, source: Source) -> str | None:
	"""Return the first entry of the transfer this key made, None when there is none; refuse when it differs."""
	first = journal.entry_with_key(key_hash)
	if first is None:
		return None
	moved, number, entry = 0, 0, first
	while entry:
		moved, number = moved + entry.points, number + 1
		entry = journal.entry_with_key(_key(key_hash, number, OUT))
	same = first.twin and moved == points and journal.source_of(first.name) == source
	if not same or (_now(first.account), _now(first.counter)) != (giver.name, taker.name):
		posting.refuse_other_body(first)
	return first.name


def _now(account: str) -> str:
	return accounts.lock(account).name
