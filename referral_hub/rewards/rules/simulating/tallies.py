"""Adds up what several sets of rules cost: by month, department, kind or person, side by side. Pure."""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from referral_hub.rewards.rules.simulating.simulator import Piece
from referral_hub.rewards.rules.simulating.worth import NOTHING, Worth
from referral_hub.rewards.rules.terms import POINTS

Key = Callable[[Piece], Hashable]


@dataclass
class Sum:
	"""Money (and the taxable value of things) in one currency, points, and how many pieces; `amount` in the kind's own unit."""

	money: Decimal = NOTHING
	points: Decimal = NOTHING
	pieces: int = 0
	amount: Decimal = NOTHING

	def add(self, piece: Piece, worth: Worth) -> None:
		self.money += worth(piece)
		self.points += piece.amount if piece.kind == POINTS else 0
		self.amount += piece.amount
		self.pieces += 1


@dataclass
class Line:
	"""One line of a comparison: what each cast comes to under a key."""

	key: Hashable
	sums: dict[str, Sum] = field(default_factory=dict)

	def of(self, cast: str) -> Sum:
		return self.sums.get(cast) or Sum()

	def difference(self, cast: str, base: str) -> tuple[Decimal, Decimal]:
		"""Return by how much one cast is above another: money, points."""
		one, other = self.of(cast), self.of(base)
		return one.money - other.money, one.points - other.points


def compare(casts: Mapping[str, Iterable[Piece]], key: Key, worth: Worth) -> list[Line]:
	"""Add up each cast under a key; lines in the order of their keys."""
	lines: dict[Hashable, Line] = {}
	for cast, pieces in casts.items():
		for piece in pieces:
			found = key(piece)
			line = lines.get(found) or lines.setdefault(found, Line(found))
			line.sums.setdefault(cast, Sum()).add(piece, worth)
	return [lines[found] for found in sorted(lines, key=_order)]


def by_month(piece: Piece) -> str:
	"""The month in which it is paid."""
	return piece.due_on.isoformat()[:7]


def by_department(piece: Piece) -> str:
	return piece.department or ""


def by_person(piece: Piece) -> str:
	return piece.person


def by_month_and_department(piece: Piece) -> tuple[str, str]:
	return by_month(piece), by_department(piece)


def by_referral(piece: Piece) -> str:
	return piece.referral


def by_kind(piece: Piece) -> tuple[str, str, str]:
	"""A kind in its own unit; things that are not the same are apart."""
	details = json.dumps(dict(piece.details), sort_keys=True, default=str) if piece.details else ""
	return piece.kind, piece.currency or "", details


def gains(lines: Iterable[Line], cast: str, base: str) -> list[Line]:
	"""Order lines by what they win, the most first; who neither wins nor loses is left out."""
	told = [line for line in lines if line.difference(cast, base) != (0, 0)]
	return sorted(told, key=lambda line: (*(-each for each in line.difference(cast, base)), _order(line.key)))


def _order(key: Hashable) -> tuple:
	return key if isinstance(key, tuple) else (key,)
