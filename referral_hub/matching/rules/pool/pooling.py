"""Who of the talent pool fits which opening: by what HR confirmed that it asks for, else by a draft of its description, which counts less.

Pure. Beside the requirements stand designation, place and the words both sides have (meaning.py), which alone are worth little: they find
whom no row speaks of. Deterministic: of equals the one with more in common comes first, then the one that came first.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from referral_hub.matching.rules import drafting, proposing
from referral_hub.matching.rules.asking import LISTS, Asked, asked
from referral_hub.matching.rules.engine import Match, told
from referral_hub.matching.rules.judging import Verdict, judge
from referral_hub.matching.rules.pool import meaning
from referral_hub.matching.rules.profile import Facts, Profile, facts
from referral_hub.matching.rules.text import is_chinese, normal
from referral_hub.matching.rules.thesaurus import Entry
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.talent.rules.fitting import CONFIRMED, DRAFT, MOST_WORDS_SHOWN, Fit, Offered, Wish

# words, a designation and a place without a requirement that is met; and a draft that nobody has confirmed
MOST_BY_LIKENESS, MOST_BY_DRAFT = 40, 75
MOST_WORDS_LOOKED_FOR = 12
_SHORTEST_INSIDE = 4
_TABLES = ("skills", "certificates", "industries")


@dataclass(frozen=True)
class Reading:
	"""What a description asks for and names. It takes long to read, so it is kept: see as_json."""

	rows: tuple[Requirement, ...] = ()
	# table, name of the entry, the word that was used
	names: tuple[tuple[str, str, str], ...] = ()

	def as_json(self) -> list:
		rows = [
			[row.requirement, row.requirement_zh, row.kind, row.firmness, row.must_have, row.weight]
			for row in self.rows
		]
		return [rows, [list(name) for name in self.names]]

	@classmethod
	def of_json(cls, found: list) -> "Reading":
		rows, names = found
		return cls(tuple(Requirement("", *row) for row in rows), tuple(tuple(name) for name in names))


@dataclass(frozen=True)
class Opened:
	"""An opening as people are compared with it."""

	offered: Offered
	asked: tuple[Asked, ...]
	basis: str
	names: dict[Entry, str]


def read(description: str, vocabulary: Vocabulary) -> Reading:
	rows = (proposing.as_requirement(row) for row in drafting.draft(description, vocabulary))
	names = [
		(table, entry.name, used)
		for table in _TABLES
		for entry, used in getattr(vocabulary, table).found_in(description).items()
	]
	return Reading(tuple(rows), tuple(names))


def opened(offered: Offered, reading: Reading, vocabulary: Vocabulary) -> Opened:
	rows = offered.requirements or reading.rows
	basis = CONFIRMED if offered.requirements else DRAFT if rows else ""
	names: dict[Entry, str] = {}
	for table, name, used in reading.names:
		if entry := getattr(vocabulary, table).known(name):
			names.setdefault(entry, used)
	return Opened(offered, tuple(_asked(row, vocabulary) for row in rows), basis, names)


def openings_for(person: Wish, openings: Iterable[Opened], most: int, vocabulary: Vocabulary) -> list[Fit]:
	"""Return the openings that fit somebody at all, the best first. A row that several openings have is judged once."""
	known, judged = facts(_profile("", person), vocabulary), {}
	return _best(((one.offered.name, _fit(person, known, one, vocabulary, judged)) for one in openings), most)


def people_for(opening: Opened, people: dict[str, Wish], most: int, vocabulary: Vocabulary) -> list[Fit]:
	"""Return the people whom an opening suits at all, the best first; each Fit is named by the person's key."""
	return _best(
		(
			(key, _fit(wish, facts(_profile(key, wish), vocabulary), opening, vocabulary, {}))
			for key, wish in people.items()
		),
		most,
	)


def words_of(opening: Opened, vocabulary: Vocabulary) -> list[str]:
	"""Return words of which one stands with most who fit, of the heaviest rows first: for whoever can't compare everybody."""
	rows = sorted(opening.asked, key=lambda row: -row.weight)
	named = [
		(getattr(vocabulary, LISTS[row.kind]).known(term), term)
		for row in rows
		if row.kind in LISTS
		for terms in row.terms
		for term in terms
	]
	named += [(entry, entry.name) for entry in opening.names]
	written = (
		word for entry, term in named for word in sorted(entry.all_words() if entry else (term,), key=len)
	)
	found: dict[str, None] = {}
	for word in filter(_says_something, map(normal, written)):
		if not any(_begins_in(shorter, word) for shorter in found):
			found.setdefault(word)
	return list(found)[:MOST_WORDS_LOOKED_FOR]


def _says_something(word: str) -> bool:
	"""R and Go begin too many other words."""
	return len(word) >= (2 if is_chinese(word) else 3)


def _begins_in(shorter: str, word: str) -> bool:
	"""Say whether whoever looks for the shorter word finds the other one as well: of SAP, within a text, the beginning of a word alone."""
	if is_short(shorter):
		return any(part.startswith(shorter) for part in re.split(r"[\W_]+", word, flags=re.ASCII))
	return shorter in word


def is_short(word: str) -> bool:
	"""Say whether a word stands within too many others to be looked for inside of them: SAP in disappear."""
	return word.isascii() and len(word) < _SHORTEST_INSIDE


def as_opening(person: Wish) -> Offered:
	"""Return somebody as what others may be like."""
	return Offered("", person.designation or "", person.designation, person.place, person.words)


def _best(found: Iterable[tuple[str, tuple[Fit, int]]], most: int) -> list[Fit]:
	fits = [(replace(fit, name=name), likeness) for name, (fit, likeness) in found if fit.score]
	fits.sort(key=lambda pair: (-pair[0].score, -pair[1], -pair[0].confidence))
	return [fit for fit, _likeness in fits[:most]]


def _fit(
	wish: Wish, person: Facts, opening: Opened, vocabulary: Vocabulary, judged: dict[int, Verdict]
) -> tuple[Fit, int]:
	"""Return how two go together, and how much they have in common beside the requirements."""
	for row in opening.asked:
		if id(row) not in judged:
			judged[id(row)] = judge(row, person, vocabulary)
	match = told([(row, judged[id(row)]) for row in opening.asked], "")
	liked = meaning.fit(wish, opening.offered, vocabulary, opening.names)
	by_rows = _score(match, opening.basis)
	ruled_out = match.ruled_out and opening.basis == CONFIRMED
	used = [word for reason in match.met for word in reason.words]
	also = (word for word in liked.words if not any(word in one for one in used))
	fit = Fit(
		"",
		0 if ruled_out else max(by_rows, min(MOST_BY_LIKENESS, liked.score)),
		liked.by,
		tuple(dict.fromkeys((*used, *also)))[:MOST_WORDS_SHOWN],
		match.confidence if opening.basis == CONFIRMED else match.confidence // 2,
		opening.basis,
		match.met,
		match.missing,
		match.unknown,
	)
	return fit, liked.score


def _score(match: Match, basis: str) -> int:
	if not match.met:
		return 0
	return match.score if basis == CONFIRMED else min(match.score, MOST_BY_DRAFT)


def _profile(key: str, wish: Wish) -> Profile:
	return Profile(
		key,
		titles=(wish.designation,) if wish.designation else (),
		places=(wish.place,) if wish.place else (),
		text=wish.words,
	)


@lru_cache(maxsize=1 << 14)
def _asked(row: Requirement, vocabulary: Vocabulary) -> Asked:
	"""Drafts say the same few hundred things: each is understood once."""
	return asked(row, vocabulary)
