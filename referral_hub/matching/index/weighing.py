"""What a requirement counts for everybody at once: the arithmetic of rules/judging.py on arrays.

For each row of an opening three small numbers per person: what it counts of a hundred, how closely it is met, and whether it is met, missing or
unknown. Tests hold it to the rules, person by person.
"""

from dataclasses import dataclass

import numpy as np

from referral_hub.matching.index.coding import IS_SOMEWHERE, NO_PAY, PLACE, SAYS, SPEAKS, WORD
from referral_hub.matching.index.generation import Generation
from referral_hub.matching.rules import judging
from referral_hub.matching.rules.asking import LISTS, Asked, Kind
from referral_hub.matching.rules.judging import (
	EXACTLY,
	FAR_COUNTS,
	FULL,
	LOOSELY,
	NEAR_COUNTS,
	UNKNOWN_COUNTS,
)
from referral_hub.matching.rules.vocabulary import Vocabulary

MISSING, UNKNOWN, MET = 0, 1, 2
_BLOCK = 1 << 15


@dataclass
class Weighed:
	credit: np.ndarray
	closeness: np.ndarray
	state: np.ndarray

	@classmethod
	def all(
		cls, people: int, state: int = UNKNOWN, credit: int = UNKNOWN_COUNTS, closeness: int = 0
	) -> "Weighed":
		return cls(*(np.full(people, value, np.uint8) for value in (credit, closeness, state)))

	@classmethod
	def unless(cls, lacks: np.ndarray) -> "Weighed":
		"""Return who is missing it, by a mask; it is unknown of all others."""
		state = np.invert(lacks).view(np.uint8)  # 0 is missing, 1 unknown
		return cls(np.negative(state) & np.uint8(UNKNOWN_COUNTS), np.zeros(len(state), np.uint8), state)

	def meet(self, has: np.ndarray, closeness: int) -> None:
		"""Who has it, by a mask, meets it; of two ways the closer one counts. There is no more than to meet it, so that the larger number holds."""
		holds = np.negative(has.view(np.uint8))
		for values, value in ((self.state, MET), (self.credit, FULL), (self.closeness, closeness)):
			np.maximum(values, holds & np.uint8(value), out=values)

	def set(self, where: np.ndarray, state: int, credit, closeness: int = 0) -> None:
		"""Write all three where a mask or a list of rows says."""
		if where.dtype == bool and np.isscalar(credit) and np.isscalar(closeness):
			return self._set_where(where, state, credit, closeness)
		for values, value in ((self.state, state), (self.credit, credit), (self.closeness, closeness)):
			values[where] = value

	def _set_where(self, mask: np.ndarray, *values: int) -> None:
		"""Write bit by bit: numpy does that for many people at once, and a masked write person by person."""
		holds = np.negative(mask.view(np.uint8))
		others = np.invert(holds)
		for kept, value in zip((self.state, self.credit, self.closeness), values, strict=True):
			kept &= others
			if value:
				kept |= holds & np.uint8(value)


def weigh(asked: Asked, index: Generation, vocabulary: Vocabulary) -> Weighed:
	if asked.kind in LISTS:
		return _by_terms(asked, index, vocabulary)
	return _WAYS[asked.kind](asked, index, vocabulary)


def _by_terms(asked: Asked, index: Generation, vocabulary: Vocabulary) -> Weighed:
	listed = LISTS[asked.kind]
	found = Weighed.unless((index["says"] & SAYS[listed]) != 0)
	for terms in asked.terms:
		said = [index.said_as(term, getattr(vocabulary, listed)) for term in terms]
		_one(found, *said[0]) if len(said) == 1 else _together(found, said)
	return found


def _one(found: Weighed, exactly: list[np.ndarray], loosely: list[np.ndarray]) -> None:
	if exactly:
		found.meet(_in_any(exactly, found), EXACTLY)
	if loosely:
		found.meet(_in_any(loosely, found), LOOSELY)


def _in_any(lists: list[np.ndarray], found: Weighed) -> np.ndarray:
	"""Return who stands in any list: written once a list, whatever is then said of them."""
	has = np.zeros(len(found.state), bool)
	for rows in lists:
		has[rows] = True
	return has


def _together(found: Weighed, said: list[tuple]) -> None:
	"""Of terms that belong together some are better than none."""
	people = len(found.state)
	count, closeness = np.zeros(people, np.uint8), np.full(people, EXACTLY, np.uint8)
	for exactly, loosely in said:
		one = Weighed.all(people, UNKNOWN, 0)
		_one(one, exactly, loosely)
		has = one.state == MET
		count += has
		closeness = np.where(has, np.minimum(closeness, one.closeness), closeness)
	full = (count == len(said)) & (closeness > found.closeness)
	share = (NEAR_COUNTS * count.astype(np.int32) // len(said)).astype(np.uint8)
	part = (count < len(said)) & (share > found.credit)
	found.credit[part] = share[part]
	found.set(full, MET, FULL, closeness[full])


def _experience(asked: Asked, index: Generation, _vocabulary: Vocabulary) -> Weighed:
	years, low, high = index["years"], asked.years.low, asked.years.high
	if not low and high is None:
		return Weighed.all(len(index), MET, FULL, EXACTLY)
	less = years < low
	found = Weighed.unless(less)
	if low:
		_share_of_years(found.credit, years, less, low)
	found.meet(years >= low, EXACTLY)
	if high is not None:
		found.closeness[years > judging.most_years(high)] = LOOSELY
	return found


def _share_of_years(credit: np.ndarray, years: np.ndarray, less: np.ndarray, low: float) -> None:
	"""Credit who has less than is asked for; worked out for everybody, some at a time: to pick them one by one costs more."""
	for first in range(0, len(credit), _BLOCK):
		some = slice(first, first + _BLOCK)
		share = (NEAR_COUNTS * np.fmin(years[some], low) / low).astype(np.uint8)
		credit[some] |= share & np.negative(less[some].view(np.uint8))


def _education(asked: Asked, index: Generation, _vocabulary: Vocabulary) -> Weighed:
	level = index["education"]
	found = Weighed.unless((level > 0) & (level < asked.education))
	found.set((level > 0) & (level == asked.education - 1), MISSING, FAR_COUNTS)
	found.meet(level >= asked.education, EXACTLY)
	return found


def _language(asked: Asked, index: Generation, _vocabulary: Vocabulary) -> Weighed:
	"""The best of several where any will do, else the worst; of equals as in the rules."""
	spoken = [_spoken(index, name, wanted) for name, wanted in asked.languages]
	found = spoken[0]
	for other in spoken[1:]:
		takes = other.credit >= found.credit if asked.any_language else other.credit < found.credit
		found.set(takes, other.state[takes], other.credit[takes], other.closeness[takes])
	silent = (index["says"] & SPEAKS) == 0
	found.set(silent, UNKNOWN, UNKNOWN_COUNTS)
	return found


def _spoken(index: Generation, name: str, wanted: int) -> Weighed:
	found = Weighed.all(len(index), MISSING, 0)
	for level, rows in index.levels(name):
		if level >= wanted:
			found.set(rows, MET, FULL, EXACTLY)
		elif not level:
			found.set(rows, UNKNOWN, NEAR_COUNTS)
		else:
			found.set(rows, MISSING, NEAR_COUNTS if wanted - level == 1 else FAR_COUNTS)
	return found


def _place(asked: Asked, index: Generation, _vocabulary: Vocabulary) -> Weighed:
	if judging.REMOTE in asked.places:
		return Weighed.all(len(index), MET, FULL, EXACTLY)
	found = Weighed.unless((index["says"] & IS_SOMEWHERE) != 0)
	_one(found, [index.rows(PLACE + place) for place in asked.places], [])
	return found


def _pay(asked: Asked, index: Generation, _vocabulary: Vocabulary) -> Weighed:
	wish, found = index["pay_low"], Weighed.all(len(index))
	known = (wish != NO_PAY) & _comparable(asked.pay.currency, index)
	found.set(known, MISSING, 0)
	found.set(known & (wish * 100 <= asked.pay.high * judging.NEAR_PAY), MISSING, NEAR_COUNTS)
	found.set(known & (wish <= asked.pay.high), MET, FULL, EXACTLY)
	return found


def _comparable(currency: str, index: Generation) -> np.ndarray:
	if not currency:
		return np.ones(len(index), bool)
	same = index.currencies.index(currency) if currency in index.currencies else 0
	return (index["currency"] == 0) | (index["currency"] == same)


def _free(asked: Asked, index: Generation, vocabulary: Vocabulary) -> Weighed:
	"""The first trait that is found counts, then the words."""
	found = Weighed.all(len(index))
	for (term,) in asked.terms:
		one = Weighed.all(len(index))
		_one(one, *index.said_as(term, vocabulary.traits))
		new = (one.state == MET) & (found.state != MET)
		found.set(new, MET, FULL, one.closeness[new])
	if asked.words:
		count = np.zeros(len(index), np.uint16)
		for word in asked.words:
			count[index.rows(WORD + word)] += 1
		found.set((count >= judging.enough(asked.words)) & (found.state != MET), MET, FULL, EXACTLY)
	return found


_WAYS = {
	Kind.EXPERIENCE: _experience,
	Kind.EDUCATION: _education,
	Kind.LANGUAGE: _language,
	Kind.PLACE: _place,
	Kind.PAY: _pay,
	Kind.OTHER: _free,
}
