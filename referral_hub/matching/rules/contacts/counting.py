"""How many of an employee's contacts fit how many openings, and whether that is news. Pure; counts, never names."""

from collections.abc import Collection
from dataclasses import dataclass

# (contact, opening)
Pair = tuple[str, str]


@dataclass(frozen=True)
class Fits:
	"""How many people fit how many openings, and of how many people it was not said before."""

	people: int
	openings: int
	fresh: int


def news_of(pairs: Collection[Pair], told: Collection[Pair]) -> Fits | None:
	"""Return what to say of the pairs that fit now; None where each of them was told before."""
	fresh = {contact for contact, opening in set(pairs).difference(told)}
	if not fresh:
		return None
	contacts, openings = zip(*pairs, strict=True)
	return Fits(len(set(contacts)), len(set(openings)), len(fresh))
