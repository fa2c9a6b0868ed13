"""A draw of prizes that anybody can check: pure. Randomness comes in as a seed, which was committed to before.

Before anything counts, the commitment is published: HMAC-SHA256 of the terms under the seed. When the time is over the tickets
are published. The seed, which nobody could exchange by then, gives each number: HMAC-SHA256 over the digest of the tickets, a
value from outside where the terms name one, the place and its turn. docs/prize-draws.md has a short script that checks a proof.
"""

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import count

DRAFT, ANNOUNCED, CLOSED, DRAWN, CANCELLED = "Draft", "Announced", "Closed", "Drawn", "Cancelled"
MOVES = {
	DRAFT: frozenset({ANNOUNCED}),
	ANNOUNCED: frozenset({CLOSED, CANCELLED}),
	CLOSED: frozenset({DRAWN, CANCELLED}),
	DRAWN: frozenset(),
	CANCELLED: frozenset(),
}
SPACE = 2**256
LARGEST = {
	"tickets_per_referral": 10_000,
	"tickets_per_hire": 10_000,
	"points_per_ticket": 1_000_000,
	"most_tickets": 1_000_000,
}
LARGEST_OF_PRIZE = {"how_many": 1_000, "points": 1_000_000}


@dataclass(frozen=True)
class Rules:
	"""What brings how many tickets; `points_each`: points spent for a ticket, 0: none; `most` 0: as many as come."""

	for_referral: int = 1
	for_hire: int = 5
	points_each: int = 0
	most: int = 0


@dataclass(frozen=True)
class Drawn:
	"""Who was drawn for which place, and at which turn: a later turn is a draw again."""

	place: int
	turn: int
	who: str


def tickets(rules: Rules, referrals: int, hires: int, points: int) -> int:
	"""Count the tickets of somebody; never fewer than none."""
	spent = points // rules.points_each if rules.points_each else 0
	found = max(0, rules.for_referral * referrals + rules.for_hire * hires + max(0, spent))
	return min(found, rules.most) if rules.most else found


def may_move(state: str, to: str) -> bool:
	return to in MOVES[state]


def canonical(value: object) -> str:
	return json.dumps(value, separators=(",", ":"), sort_keys=True)


def commitment(seed: str, terms: str) -> str:
	return _hmac(seed, f"terms\n{terms}").hex()


def digest_of(entries: Mapping[str, int]) -> str:
	"""Name a list of tickets by what is in it."""
	return sha256(canonical(sorted([who, number] for who, number in entries.items())).encode()).hexdigest()


def draw(
	seed: str, entries: Mapping[str, int], turns: Iterable[tuple[int, int]], outside: str = ""
) -> Iterator[Drawn]:
	"""Draw each (place, turn) from all tickets of those who were not drawn before; end when nobody is left."""
	digest, left = digest_of(entries), {who: number for who, number in entries.items() if number > 0}
	for place, turn in turns:
		if not left:
			return
		who = _holder(left, _number(seed, f"{digest}\n{outside}\n{place}\n{turn}", sum(left.values())))
		del left[who]
		yield Drawn(place, turn, who)


def _number(seed: str, text: str, below: int) -> int:
	"""Return a number that is below, each as likely: what would favour the first ones is drawn once more."""
	for attempt in count():
		value = int.from_bytes(_hmac(seed, f"{text}\n{attempt}"))
		if value < SPACE - SPACE % below:
			return value % below


def _holder(left: Mapping[str, int], number: int) -> str:
	for who in sorted(left):
		number -= left[who]
		if number < 0:
			return who
	raise ValueError("A number beyond the last ticket")


def _hmac(seed: str, text: str) -> bytes:
	return hmac.new(bytes.fromhex(seed), text.encode(), sha256).digest()
