"""Which points leave a wallet first, and which come back: pure.

A lot is what one incoming entry brought. Spending takes the lot that expires first, the older one of two that
expire together. A lot can be spent on the day it expires, not on the day after. What was taken from a lot can be
given back to it; what has expired meanwhile comes back as a new lot that lives a little longer.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Lot:
	entry: str  # the incoming entry that brought it
	seq: int
	expires_on: date
	remaining: int


@dataclass(frozen=True)
class Take:
	"""So many points of one lot; `lot` is the name of the entry that brought them."""

	lot: str
	points: int


@dataclass(frozen=True)
class Return:
	"""How a reversed spend comes back: to lots that still live, and as one new lot."""

	takes: tuple[Take, ...]
	fresh: int
	fresh_expires_on: date | None


def in_order(lots: Iterable[Lot]) -> list[Lot]:
	"""Sort lots in the order they are spent."""
	return sorted((lot for lot in lots if lot.remaining > 0), key=lambda lot: (lot.expires_on, lot.seq))


def take(lots: Iterable[Lot], points: int, first: str | None = None) -> tuple[Take, ...]:
	"""Take points, oldest expiry first; `first` names a lot that is emptied before the others."""
	ordered = sorted(in_order(lots), key=lambda lot: lot.entry != first)
	takes = []
	for lot in ordered:
		if points == 0:
			break
		taken = min(lot.remaining, points)
		takes.append(Take(lot.entry, taken))
		points -= taken
	if points:
		raise ValueError(f"the lots hold {points} points fewer than should be taken")
	return tuple(takes)


def due(lots: Iterable[Lot], today: date) -> tuple[Take, ...]:
	"""Name what has expired: everything left of the lots whose last day is over."""
	return tuple(Take(lot.entry, lot.remaining) for lot in in_order(lots) if lot.expires_on < today)


def by_last_day(lots: Iterable[Lot], takes: Iterable[Take]) -> list[tuple[date, list[Take]]]:
	"""Put what is taken together by the last day of its lot: what moves to another wallet keeps it."""
	last_day = {lot.entry: lot.expires_on for lot in lots}
	groups: dict[date, list[Take]] = {}
	for taken in takes:
		groups.setdefault(last_day[taken.lot], []).append(taken)
	return list(groups.items())


def gone_of(takes: Iterable[Take], lot: str, expired: int, undone: Collection[str] = ()) -> int:
	"""Say how much of one lot is gone when so much of what a move took together has expired where it went.

	What it took first is spent first there, so the last of it expires; two lots never count the same points. The other lots in
	`undone` were taken back on their last day or before: they did not expire.
	"""
	gone = 0
	for taken in reversed(tuple(takes)):
		if taken.lot in undone and taken.lot != lot:
			continue
		some = min(taken.points, expired)
		expired -= some
		gone += some if taken.lot == lot else 0
	return gone


def give_back(takes: Iterable[tuple[Take, date, bool]], today: date, grace_days: int) -> Return:
	"""Undo a spend: given (take, last day of its lot, whether the lot is still in this wallet).

	Living lots get their points back. What has expired, or was in a wallet merged into this one, comes back as one
	lot that lives as long as the longest of them, and some days of grace at least.
	"""
	takes = tuple(takes)
	back = tuple(taken for taken, expires_on, is_here in takes if is_here and expires_on >= today)
	fresh = [
		(taken.points, expires_on)
		for taken, expires_on, is_here in takes
		if not is_here or expires_on < today
	]
	if not fresh:
		return Return(back, 0, None)
	last_day = max(today + timedelta(days=grace_days), *(expires_on for _, expires_on in fresh))
	return Return(back, sum(points for points, _ in fresh), last_day)
