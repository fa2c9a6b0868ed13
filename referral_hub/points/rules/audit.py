"""Follows a wallet from its first entry and says what does not hold: pure.

Used by `hub-verify` on rows read in chunks, and by the tests on the pure ledger. It keeps the state of one wallet
(balance, place in the chain, lots), never the entries.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from referral_hub.points.rules.chain import GENESIS, IN, OUT, Entry, next_hash
from referral_hub.points.rules.lots import NEVER, Lot


@dataclass(frozen=True)
class Finding:
	"""One broken invariant; `rule` is a key of `verify.WORDS`, the facts fill its sentence."""

	rule: str
	facts: Mapping[str, object] = field(default_factory=dict)


class KeptLot(NamedTuple):
	"""All that is stored of a lot, open or closed: a reversal gives back to a closed one."""

	seq: int
	expires_on: date
	points: int
	remaining: int


@dataclass(frozen=True)
class Stored:
	"""What is stored beside the journal and must follow from it."""

	balance: int
	seq: int
	hash: str
	lots: Mapping[str, KeptLot]  # by the entry that brought them


class WalletAudit:
	"""Feed it the entries of one wallet in the order of `seq`, then close it."""

	def __init__(self, account: str) -> None:
		self.account = account
		self.balance = 0
		self.seq = 0
		self.hash = GENESIS
		self.lots: dict[str, KeptLot] = {}
		self.findings: list[Finding] = []

	def see(self, entry: Entry, stored_hash: str) -> None:
		"""Check one entry against everything before it."""
		if entry.seq != self.seq + 1:
			self._find("gap", expected=self.seq + 1, seq=entry.seq)
		if next_hash(self.hash, entry) != stored_hash:
			self._find("hash", entry=entry.name, seq=entry.seq)
		self._see_amounts(entry)
		self._see_lots(entry, sum([take.points for take in entry.lots]) if entry.lots else 0)
		self.seq, self.hash, self.balance = entry.seq, stored_hash, entry.balance_after

	def skip(self, entry: str, seq: int, balance_after: int, stored_hash: str | None, column: str) -> None:
		"""Name an entry that can't be read, and go on after it as if it followed."""
		self._find("unreadable", entry=entry, seq=seq, column=column)
		self.seq, self.hash, self.balance = seq, stored_hash, balance_after

	def close(self, stored: Stored) -> list[Finding]:
		"""Compare what is stored with what follows from the entries; return everything found."""
		if stored.balance != self.balance:
			self._find("stored_balance", stored=stored.balance, journal=self.balance)
		if (stored.seq, stored.hash) != (self.seq, self.hash):
			self._find("stored_head", stored=stored.seq, journal=self.seq)
		self._close_lots(stored.lots)
		return self.findings

	def _see_amounts(self, entry: Entry) -> None:
		if entry.points <= 0 or entry.direction not in (IN, OUT):
			self._find("amount", entry=entry.name, seq=entry.seq)
		if entry.balance_after != self.balance + entry.signed:
			self._find("running_balance", entry=entry.name, seq=entry.seq)
		if entry.balance_after < 0:
			self._find("negative", entry=entry.name, seq=entry.seq)

	def _see_lots(self, entry: Entry, taken: int) -> None:
		if taken > entry.points or (entry.direction == OUT and taken != entry.points):
			self._find("lot_sum", entry=entry.name, seq=entry.seq)
		for take in entry.lots:
			self._move(entry, take.lot, take.points if entry.direction == IN else -take.points)
		own = entry.points - taken if entry.direction == IN else 0
		if own > 0:
			self.lots[entry.name] = KeptLot(entry.seq, entry.expires_on or NEVER, own, own)

	def _move(self, entry: Entry, name: str, points: int) -> None:
		"""Take from a lot, or give back to it; an emptied lot stays known, so that it can be given back to."""
		lot = self.lots.get(name)
		left = (lot.remaining if lot else 0) + points
		if lot is None or left < 0:
			self._find("lot_overdrawn", entry=entry.name, seq=entry.seq, lot=name)
			return
		self.lots[name] = lot._replace(remaining=left)

	def _close_lots(self, stored: Mapping[str, KeptLot]) -> None:
		for name in sorted(self.lots.keys() | stored.keys()):
			expected, found = self.lots.get(name), stored.get(name)
			if found is None:
				self._find("lot_missing", lot=name, journal=_written(expected))
			elif expected is None:
				self._find("lot_added", lot=name, stored=_written(found))
			elif found != expected:
				self._find("stored_lot", lot=name, stored=_written(found), journal=_written(expected))

	def _find(self, rule: str, **facts: object) -> None:
		self.findings.append(Finding(rule, {"account": self.account, **facts}))


class RecentAudit(WalletAudit):
	"""Follows a wallet from an entry that is believed: of lots brought before, only what all that is open adds up to is known."""

	def believe(self, seq: int, entry_hash: str | None, balance: int) -> None:
		"""Go on from this entry: the last one before."""
		self.seq, self.hash, self.balance = seq, entry_hash, balance

	def close_recent(self, stored: Stored, open_points: int) -> list[Finding]:
		"""Compare what is stored; `stored.lots` are those that the entries brought, `open_points` what all open ones hold."""
		if open_points != stored.balance:
			self._find("open_lots", stored=open_points, balance=stored.balance)
		return self.close(stored)

	def _move(self, entry: Entry, name: str, points: int) -> None:
		if name in self.lots:
			super()._move(entry, name, points)


def spent_in_order(open_lots: Mapping[str, Lot], entry: Entry) -> bool:
	"""Tell whether a spend left no lot untouched that expires before one it took from."""
	last_taken: tuple[date, int] = max(
		(open_lots[take.lot].expires_on, open_lots[take.lot].seq) for take in entry.lots
	)
	taken = {take.lot: take.points for take in entry.lots}
	return not any(
		lot.remaining > taken.get(name, 0) and (lot.expires_on, lot.seq) < last_taken
		for name, lot in open_lots.items()
	)


def _written(lot: KeptLot) -> str:
	"""Left of brought, the last day, the number of the entry."""
	return f"{lot.remaining}/{lot.points} ({lot.expires_on}, {lot.seq})"
