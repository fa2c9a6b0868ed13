"""Moves what a wallet holds to its owner's wallet in another company of the group.

Books are not mixed: no entry touches two companies. What leaves is posted against *Between Companies* of the one, what comes
against that of the other, and each half names the other (`twin`), one pair for each last day. So both accounts together come
to nothing over the group. What has expired by then expires in the old wallet. Commits nothing; who may ask is decided by the callers.
"""

from dataclasses import dataclass

from referral_hub.points import accounts, clock, journal
from referral_hub.points.accounts import BETWEEN_COMPANIES, Counter, Wallet
from referral_hub.points.journal import Source
from referral_hub.points.moving import expiry, requests, transfers
from referral_hub.points.rules.chain import digest


@dataclass(frozen=True)
class Moved:
	"""So many points that left a wallet, and the first entry by which they did."""

	entry: str
	points: int


def move_all(
	wallet: str, employee: str, company: str, cause: str, source: Source = ("", ""), note: str = ""
) -> Moved | None:
	"""Move all that can still be spent to this employee's wallet of another company; None when nothing is left to move.

	The key is made of `cause`, the wallet and its place in its chain: who asks at the same moment, or again, moves nothing twice,
	and what comes back to the old wallet later can follow.
	"""
	giver, taker = accounts.lock_both(wallet, accounts.find_or_open(employee, company))
	if giver.company == taker.company:
		return None
	giver = expiry.expire(giver, clock.today())
	if not giver.balance:
		return None
	requests.check_room(taker.balance, giver.balance)
	key_hash = digest(f"between companies\n{cause}\n{giver.name}\n{giver.seq + 1}")
	lots = journal.open_lots(giver.name, giver.balance)
	against = (_between(giver), _between(taker))
	entry = transfers.move(giver, taker, lots, giver.balance, key_hash, source, note, against)
	return Moved(entry, giver.balance)


def _between(wallet: Wallet) -> str:
	return accounts.counter_account(Counter(BETWEEN_COMPANIES), wallet.company)
