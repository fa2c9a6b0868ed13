"""The whole ledger in memory: pure. What `service` does with rows and locks, said once without them.

The tests drive it with thousands of random steps to find a sequence that breaks a promise, and drive the real ledger
beside it to see that both answer the same. Names of entries are their numbers, so a run can be repeated exactly.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from referral_hub.points.rules import lots
from referral_hub.points.rules.audit import Finding, KeptLot, Stored, WalletAudit
from referral_hub.points.rules.chain import GENESIS, IN, OUT, Entry, digest, next_hash
from referral_hub.points.rules.lots import NEVER, Lot, Take

EXPIRY, BETWEEN_COMPANIES = "Expiry", "Between Companies"


class Refused(Exception):
	"""The ledger says no; `rule` says why, in the words of `errors`."""

	def __init__(self, rule: str) -> None:
		super().__init__(rule)
		self.rule = rule


@dataclass
class WalletState:
	balance: int = 0
	seq: int = 0
	hash: str = GENESIS
	lots: dict[str, Lot] = field(default_factory=dict)

	def open_lots(self) -> dict[str, Lot]:
		return {name: lot for name, lot in self.lots.items() if lot.remaining}


@dataclass
class Ledger:
	"""Wallets by name, one journal, the keys that were used and those that were refused."""

	grace_days: int = 30
	wallets: dict[str, WalletState] = field(default_factory=dict)
	journal: dict[str, tuple[Entry, str]] = field(default_factory=dict)
	keys: dict[str, tuple[str, tuple]] = field(default_factory=dict)
	refused: set[tuple[str, str]] = field(default_factory=set)

	def post(
		self, wallet: str, points: int, counter: str, key: str, today: date, expires_on: date | None = None
	) -> str:
		body = ("post", wallet, points, counter, expires_on)
		known = self._answer(wallet, key, body)
		if known:
			return known
		if points > 0:
			return self._append(wallet, IN, points, counter, key, body, today, expires_on=expires_on)
		self._expire_wallet(wallet, today)
		self._check_funds(wallet, -points, key)
		takes = lots.take(self._state(wallet).lots.values(), -points)
		return self._append(wallet, OUT, -points, counter, key, body, today, takes=takes)

	def reverse(self, name: str, key: str, today: date) -> str:
		original, _hash = self.journal[name]
		if original.reverses or original.twin:
			raise Refused("CannotReverse")
		body = ("reverse", name)
		known = self._answer(original.account, key, body)
		if known:
			return known
		if self.reversal_of(name):
			raise Refused("AlreadyReversed")
		undo = self._give_back if original.direction == OUT else self._take_back
		return undo(original, key, body, today)

	def move_all(self, giver: str, taker: str, today: date) -> int:
		"""Move what can still be spent to a wallet of another company, a pair of entries for each last day; say how much."""
		self._expire_wallet(giver, today)
		state, key = self._state(giver), f"between {giver} {self._state(giver).seq + 1}"
		moved, kept = state.balance, lots.in_order(state.lots.values())
		takes = lots.take(kept, moved) if moved else ()
		for number, (last_day, some) in enumerate(lots.by_last_day(kept, takes)):
			self._pair(giver, taker, tuple(some), last_day, f"{key} {number}", today)
		return moved

	def _pair(
		self, giver: str, taker: str, takes: tuple[Take, ...], last_day: date, key: str, today: date
	) -> None:
		points, number = sum(taken.points for taken in takes), len(self.journal)
		out, into = str(number + 1), str(number + 2)
		against, expires_on = (points, BETWEEN_COMPANIES), None if last_day == NEVER else last_day
		self._append(giver, OUT, *against, f"{key} out", ("between", key, OUT), today, takes=takes, twin=into)
		self._append(
			taker, IN, *against, f"{key} in", ("between", key, IN), today, expires_on=expires_on, twin=out
		)

	def expire_due(self, today: date) -> int:
		return sum(self._expire_wallet(wallet, today) for wallet in list(self.wallets))

	def balance(self, wallet: str) -> int:
		return self._state(wallet).balance

	def reversal_of(self, name: str) -> str | None:
		return next((entry.name for entry, _hash in self.journal.values() if entry.reverses == name), None)

	def entries(self, wallet: str) -> list[tuple[Entry, str]]:
		return [pair for pair in self.journal.values() if pair[0].account == wallet]

	def verify(self) -> list[Finding]:
		return [finding for wallet in self.wallets for finding in self._audit(wallet)]

	def _audit(self, wallet: str) -> list[Finding]:
		audit = WalletAudit(wallet)
		for entry, entry_hash in self.entries(wallet):
			audit.see(entry, entry_hash)
		return audit.close(self.stored(wallet))

	def stored(self, wallet: str) -> Stored:
		"""Say what is kept of a wallet beside its entries."""
		state = self._state(wallet)
		kept = {
			name: KeptLot(lot.seq, lot.expires_on, self.journal[name][0].own_lot, lot.remaining)
			for name, lot in state.lots.items()
		}
		return Stored(state.balance, state.seq, state.hash, kept)

	def _state(self, wallet: str) -> WalletState:
		return self.wallets.setdefault(wallet, WalletState())

	def _answer(self, wallet: str, key: str, body: tuple) -> str | None:
		"""Return what this key made before; refuse another body, and what was refused before."""
		if key in self.keys:
			name, first_body = self.keys[key]
			if first_body != body:
				raise Refused("KeyReusedWithAnotherBody")
			return name
		if (wallet, key) in self.refused:
			raise Refused("AlreadyRefused")
		return None

	def _check_funds(self, wallet: str, points: int, key: str) -> None:
		if self._state(wallet).balance < points:
			self.refused.add((wallet, key))
			raise Refused("InsufficientPoints")

	def _give_back(self, original: Entry, key: str, body: tuple, today: date) -> str:
		state = self._state(original.account)
		taken = ((take, state.lots[take.lot].expires_on, True) for take in original.lots)
		back = lots.give_back(taken, today, self.grace_days)
		expires_on = None if back.fresh_expires_on == NEVER else back.fresh_expires_on
		return self._append(
			*(original.account, IN, original.points, original.counter, key, body, today),
			takes=back.takes,
			expires_on=expires_on,
			reverses=original.name,
		)

	def _take_back(self, original: Entry, key: str, body: tuple, today: date) -> str:
		wallet = original.account
		self._expire_wallet(wallet, today)
		points = original.own_lot - self._expired_of(wallet, original.name, today)
		if not points:
			raise Refused("CannotReverse")
		self._check_funds(wallet, points, key)
		takes = lots.take(self._state(wallet).lots.values(), points, first=original.name)
		return self._append(
			wallet, OUT, points, original.counter, key, body, today, takes=takes, reverses=original.name
		)

	def _expired_of(self, wallet: str, lot: str, today: date) -> int:
		left = (
			entry
			for entry, _hash in self.entries(wallet)
			if entry.direction == OUT and (entry.counter == EXPIRY or entry.twin)
		)
		return sum(
			lots.gone_of(entry.lots, lot, self._expired_with(entry, today), self._undone_in_time(entry))
			for entry in left
			if not self.reversal_of(entry.name) and any(taken.lot == lot for taken in entry.lots)
		)

	def _expired_with(self, entry: Entry, today: date) -> int:
		"""Of what an entry took, how much has expired: all of it, or what did where it moved it to."""
		if not entry.twin:
			return entry.points
		there = self.journal[entry.twin][0].account
		lot = self._state(there).lots[entry.twin]
		not_booked = lot.remaining if lot.expires_on < today else 0
		return self._expired_of(there, entry.twin, today) + not_booked

	def _undone_in_time(self, entry: Entry) -> set[str]:
		"""Of the earns that an entry moved, name those undone while they could be spent."""
		if not entry.twin:
			return set()
		last_day = self._state(self.journal[entry.twin][0].account).lots[entry.twin].expires_on
		undone = {taken.lot: self.reversal_of(taken.lot) for taken in entry.lots}
		return {lot for lot, undo in undone.items() if undo and self._day_of(undo) <= last_day}

	def _day_of(self, name: str) -> date:
		return self.journal[name][0].posted_on.date()

	def _expire_wallet(self, wallet: str, today: date) -> int:
		state = self._state(wallet)
		takes = lots.due(state.lots.values(), today)
		points = sum(take.points for take in takes)
		if points:
			key = f"expiry {wallet} {state.seq + 1}"
			self._append(wallet, OUT, points, EXPIRY, key, ("expiry", key), today, takes=takes)
		return points

	def _append(
		self,
		wallet: str,
		direction: str,
		points: int,
		counter: str,
		key: str,
		body: tuple,
		today: date,
		takes: tuple[Take, ...] = (),
		expires_on: date | None = None,
		reverses: str | None = None,
		twin: str | None = None,
	) -> str:
		state = self._state(wallet)
		entry = Entry(
			name=str(len(self.journal) + 1),
			account=wallet,
			seq=state.seq + 1,
			direction=direction,
			points=points,
			balance_after=state.balance + (points if direction == IN else -points),
			counter=counter,
			key_hash=digest(key),
			posted_on=datetime.combine(today, time()),
			expires_on=expires_on,
			lots=takes,
			reverses=reverses,
			twin=twin,
		)
		state.hash = next_hash(state.hash, entry)
		state.balance, state.seq = entry.balance_after, entry.seq
		state.lots.update(_moved(state.lots, entry))
		self.journal[entry.name] = (entry, state.hash)
		self.keys[key] = (entry.name, body)
		return entry.name


def _moved(before: dict[str, Lot], entry: Entry) -> Iterable[tuple[str, Lot]]:
	"""Work out the lots an entry changes."""
	sign = 1 if entry.direction == IN else -1
	for take in entry.lots:
		lot = before[take.lot]
		yield take.lot, replace(lot, remaining=lot.remaining + sign * take.points)
	if entry.own_lot:
		yield entry.name, Lot(entry.name, entry.seq, entry.expires_on or NEVER, entry.own_lot)
