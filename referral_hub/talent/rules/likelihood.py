"""How likely somebody of the pool is to come back: a score from 0 to 100 that says its parts. Pure.

Every part is a number from 0 to 1 that anybody can check, times a weight HR sets; the score is their weighted mean. What is not known
counts neither for nor against: its weight is left out. Nothing here is learned in secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

REASON, TIME, CONTACTS, OPENINGS, SIGNALS = "reason", "time", "contacts", "openings", "signals"
PARTS = (REASON, TIME, CONTACTS, OPENINGS, SIGNALS)
# neither likely nor unlikely
_MIDDLE = 0.5
_DAYS_OF_A_MONTH = 30.44
# after so many tries without an answer nobody is likely to give one; an answer this old says nothing any more
_MOST_TRIES, _FORGOTTEN_AFTER_DAYS = 3, 365


@dataclass(frozen=True, slots=True)
class Standing:
	"""What is known of one person today; None where it is not known."""

	reason: str
	happened_on: date | None = None
	# contacts we made since, and how many of them they answered
	contacts_out: int = 0
	contacts_in: int = 0
	last_contact_on: date | None = None
	# how well the best open opening fits what they wish, from 0 to 1
	best_opening: float | None = None
	# the strongest signal of the last year that they might move, from 0 to 1
	strongest_signal: float | None = None


@dataclass(frozen=True, slots=True)
class Weights:
	"""What HR sets: how much each part counts, how likely each reason is, and how long time helps."""

	parts: Mapping[str, float]
	reasons: Mapping[str, float]
	# the months after which somebody is most likely to move again, and after how many more nobody is
	best_months: int = 12
	last_months: int = 60


@dataclass(frozen=True, slots=True)
class Part:
	name: str
	value: float
	weight: float


@dataclass(frozen=True, slots=True)
class Likelihood:
	score: int
	parts: tuple[Part, ...]


def likelihood(standing: Standing, weights: Weights, today: date) -> Likelihood:
	values = {
		REASON: weights.reasons.get(standing.reason, _MIDDLE),
		TIME: of_time(standing.happened_on, weights, today),
		CONTACTS: of_contacts(standing, today),
		OPENINGS: standing.best_opening,
		SIGNALS: standing.strongest_signal,
	}
	parts = tuple(
		Part(name, min(max(values[name], 0.0), 1.0), weight)
		for name in PARTS
		if values[name] is not None and (weight := max(weights.parts.get(name, 0), 0))
	)
	total = sum(part.weight for part in parts)
	score = sum(part.value * part.weight for part in parts) / total if total else 0
	return Likelihood(round(100 * score), parts)


def of_time(happened_on: date | None, weights: Weights, today: date) -> float | None:
	"""Rise to 1 until the best month, fall to 0 until the last: nobody moves at once, and nobody waits for ever."""
	if happened_on is None:
		return None
	months = max((today - happened_on).days, 0) / _DAYS_OF_A_MONTH
	best, last = max(weights.best_months, 1), max(weights.last_months, weights.best_months + 1)
	return months / best if months <= best else max(0.0, (last - months) / (last - best))


def of_contacts(standing: Standing, today: date) -> float | None:
	"""Whoever answers is likely to answer again; a silence after three tries is an answer too. Untried: not known."""
	if not standing.contacts_out and not standing.contacts_in:
		return None
	if standing.contacts_in:
		days = (today - standing.last_contact_on).days if standing.last_contact_on else 0
		return max(_MIDDLE, 1 - (1 - _MIDDLE) * max(days, 0) / _FORGOTTEN_AFTER_DAYS)
	return max(0.0, _MIDDLE * (1 - standing.contacts_out / _MOST_TRIES))
