"""What is known of a person, as it was written, and what can be compared of it.

Pure. A Profile is made by whoever holds the person (a contact, a record of the talent pool, an employee): words, no name, no address.
What was not said stays unknown; that a skill is not in a line of text doesn't mean that it is missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from referral_hub.matching.rules.amounts import Pay, pay_in, years_in
from referral_hub.matching.rules.levels import education_in, languages_in
from referral_hub.matching.rules.text import compact, normal, tokens
from referral_hub.matching.rules.thesaurus import Thesaurus
from referral_hub.matching.rules.vocabulary import Vocabulary

SKILLS, CERTIFICATES, INDUSTRIES = "skills", "certificates", "industries"
_SUFFIXES = ("特别行政区", "自治区", "市", "省", "区", "县")


@dataclass(frozen=True)
class Profile:
	key: str
	skills: tuple[str, ...] = ()
	titles: tuple[str, ...] = ()
	years: float | None = None
	education: str = ""
	certificates: tuple[str, ...] = ()
	languages: tuple[str, ...] = ()
	# where somebody is, or would go
	places: tuple[str, ...] = ()
	# what they would come for, as they say it
	pay: str = ""
	industries: tuple[str, ...] = ()
	text: str = ""
	# whose contact it is: who looks for people sees their own group only
	group: str = ""


@dataclass(frozen=True)
class Facts:
	"""A Profile in normal forms. `says` names the lists that were filled: only what is left out of those is missing."""

	key: str
	terms: frozenset[str] = frozenset()
	words: frozenset[str] = frozenset()
	says: frozenset[str] = frozenset()
	years: float | None = None
	education: int = 0
	languages: tuple[tuple[str, int], ...] = ()
	places: frozenset[str] = frozenset()
	pay: Pay | None = None
	group: str = ""


def facts(profile: Profile, vocabulary: Vocabulary) -> Facts:
	"""Return what can be compared of a profile; what a field leaves open is looked for in the text."""
	free = "\n".join(filter(None, (*profile.titles, profile.text)))
	listed = (*profile.skills, *profile.certificates, *profile.industries)
	spoken = languages_in("\n".join((*profile.languages, *profile.certificates, free)), vocabulary.languages)
	years = years_in(free) if profile.years is None else None
	return Facts(
		profile.key,
		frozenset((*_terms(listed, vocabulary), *_named(free, vocabulary))),
		frozenset(tokens(free)) | frozenset(word for item in listed for word in tokens(item)),
		frozenset(name for name in (SKILLS, CERTIFICATES, INDUSTRIES) if any(getattr(profile, name))),
		years.low if years else profile.years,
		education_in(profile.education) or education_in(free),
		tuple(sorted(spoken.items())),
		places_of(profile.places, vocabulary.places),
		pay_in(profile.pay),
		profile.group,
	)


def places_of(texts: Iterable[str], places: Thesaurus) -> frozenset[str]:
	"""Return the places that texts name; a town that no table knows is its own name."""
	found: set[str] = set()
	for text in filter(None, map(normal, texts)):
		named = (
			[places.name(text)]
			if places.known(text)
			else [places.name(one.name) for one in places.found_in(text)]
		)
		found.update(named or [places.name(_bare(text))])
	return frozenset(found)


def _bare(text: str) -> str:
	form = compact(text)
	suffix = next((end for end in _SUFFIXES if form.endswith(end) and len(form) > len(end) + 1), "")
	return form.removesuffix(suffix)


def _terms(listed: Iterable[str], vocabulary: Vocabulary) -> set[str]:
	found: set[str] = set()
	for item in filter(compact, listed):
		found.add(normal(item))
		found |= _named(item, vocabulary)
	return found


@lru_cache(maxsize=1 << 15)
def _named(text: str, vocabulary: Vocabulary) -> frozenset[str]:
	"""People write the same few thousand words and titles: each is looked up once."""
	tables = (vocabulary.skills, vocabulary.certificates, vocabulary.industries, vocabulary.traits)
	return frozenset(used for table in tables for used in table.found_in(text).values())
