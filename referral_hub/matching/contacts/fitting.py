"""Who of an employee's contacts fits an opening, and which opening fits a contact; what the employee waved away stays away.

The index proposes, the contacts themselves are judged: what is shown is so at this moment. Rows of openings, and who is
referred already, come from whoever asks.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from referral_hub.matching.contacts import keeping, searching
from referral_hub.matching.rules import engine
from referral_hub.matching.rules.asking import Asked, asked_by
from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.engine import Match
from referral_hub.matching.rules.profile import Facts
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.vocabulary.in_use import vocabulary

# below it nobody is told that somebody may fit
LEAST_SCORE = 40
# what many people meet: alone it makes nobody somebody for an opening that asks for a trade
_GENERAL = frozenset({"Experience", "Education", "Language", "Place", "Pay"})
# so many more are asked of the index than are shown: some were waved away
_SPARE = 10
# more people than this nobody refers for one opening
MOST_EACH = 100
# opening -> the keys (`keeping.keys`) of whom the employee has referred for it
Referred = Mapping[str, Set[str]]
NOBODY: Referred = {}


@dataclass(frozen=True)
class Suggestion:
	"""A contact, an opening, and how the one stands to the other."""

	contact: str
	name: str
	opening: str
	match: Match


def for_opening(
	employee: str, opening: str, rows: Iterable[Requirement], top: int = 3, *, referred: Referred = NOBODY
) -> list[Suggestion]:
	"""Return the contacts that an opening may fit, the best first; not those the employee has referred for it."""
	return _for_opening(employee, opening, list(rows), top, referred, vocabulary())


def for_contact(
	employee: str,
	name: str,
	contact: Contact,
	openings: Mapping[str, list[Requirement]],
	top: int = 3,
	*,
	referred: Referred = NOBODY,
) -> list[Suggestion]:
	"""Return the openings, {name: rows}, that fit one contact, the best first."""
	words = vocabulary()
	person, keys = searching.facts_of(employee, name, contact, words), keeping.keys(contact)
	judged = (
		_judged(name, contact, opening, asked_by(rows, words), person, words)
		for opening, rows in openings.items()
		if keys.isdisjoint(referred.get(opening, ()))
	)
	return _best([one for one in judged if one], top)


def best(
	employee: str, openings: Mapping[str, list[Requirement]], top: int = 3, *, referred: Referred = NOBODY
) -> list[Suggestion]:
	"""Return the best pairs of all openings and contacts, each contact once."""
	found = pairs(employee, openings, top, referred=referred)
	once: dict[str, Suggestion] = {}
	for one in _best(found, len(found)):
		once.setdefault(one.contact, one)
	return list(once.values())[:top]


def pairs(
	employee: str,
	openings: Mapping[str, list[Requirement]],
	each: int = MOST_EACH,
	*,
	referred: Referred = NOBODY,
) -> list[Suggestion]:
	"""Return every pair of an opening and a contact that fits it, of each opening the best."""
	words = vocabulary()
	return [
		one
		for opening, rows in openings.items()
		for one in _for_opening(employee, opening, rows, each, referred, words)
	]


def _for_opening(
	employee: str, opening: str, rows: list[Requirement], top: int, referred: Referred, words: Vocabulary
) -> list[Suggestion]:
	passed, asked = referred.get(opening, frozenset()), asked_by(rows, words)
	suggested: list[Suggestion] = []
	looked_at: set[str] = set()
	most = top + _SPARE + len(passed)
	while rows and len(suggested) < top:
		found = searching.index().search(rows, words, most, group=employee)
		new = [one.key for one in found if one.key not in looked_at]
		looked_at.update(new)
		judged = (
			_judged(name, contact, opening, asked, searching.facts_of(employee, name, contact, words), words)
			for name, contact in keeping.read(employee, new).items()
			if not passed or passed.isdisjoint(keeping.keys(contact))
		)
		suggested += [one for one in judged if one]
		if len(found) < most or not new or found[-1].score < LEAST_SCORE:
			break  # the index has no more, or nobody better
		most *= 2
	return _best(suggested, top)


def _judged(
	name: str, contact: Contact, opening: str, asked: list[Asked], person: Facts, words: Vocabulary
) -> Suggestion | None:
	if opening in contact.not_for or not asked:
		return None
	match = engine.explain(asked, person, words)
	if not _says_something(match, asked) or match.ruled_out or match.score < LEAST_SCORE:
		return None
	return Suggestion(name, contact.name, opening, match)


def _says_something(match: Match, asked: list[Asked]) -> bool:
	met = {reason.requirement.kind for reason in match.met}
	return bool(met - _GENERAL) or (bool(met) and all(row.row.kind in _GENERAL for row in asked))


def _best(found: list[Suggestion], top: int) -> list[Suggestion]:
	return sorted(found, key=lambda one: (*one.match.rank, one.opening))[:top]
