"""One requirement against one person: met, missing or unknown, how near, and by which words.

Pure. Met is met: how closely (a slip of the pen, more years than wanted) only decides between equals. What nobody said is unknown and
counts a quarter; what was said and doesn't suffice is missing, and counts a little where it is near.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from referral_hub.matching.rules.asking import LISTS, Asked, Kind, words_of
from referral_hub.matching.rules.levels import EDUCATION
from referral_hub.matching.rules.profile import Facts
from referral_hub.matching.rules.thesaurus import Thesaurus
from referral_hub.matching.rules.vocabulary import Vocabulary

# of a hundred that a met requirement counts
FULL, UNKNOWN_COUNTS, NEAR_COUNTS, FAR_COUNTS = 100, 25, 50, 20
EXACTLY, LOOSELY = 2, 1
# more years than twice what was wanted at most, and two: somebody who may soon want more
_OVER_TIMES, _OVER_YEARS = 2, 2
# pay: so many hundredths above what is offered can be talked about
NEAR_PAY = 115
REMOTE = "remote"


class State(StrEnum):
	MET = "met"
	MISSING = "missing"
	UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
	state: State
	credit: int = 0
	closeness: int = 0
	# of the profile: what it was judged by
	words: tuple[str, ...] = ()


UNKNOWN = Verdict(State.UNKNOWN, UNKNOWN_COUNTS)


def met(words: tuple[str, ...] = (), closeness: int = EXACTLY) -> Verdict:
	return Verdict(State.MET, FULL, closeness, words)


def missing(words: tuple[str, ...] = (), credit: int = 0) -> Verdict:
	return Verdict(State.MISSING, credit, 0, words)


def judge(asked: Asked, facts: Facts, vocabulary: Vocabulary) -> Verdict:
	if asked.kind in LISTS:
		table = getattr(vocabulary, LISTS[asked.kind])
		return _by_terms(asked, facts, table)
	return _JUDGES[asked.kind](asked, facts, vocabulary)


def _by_terms(asked: Asked, facts: Facts, table: Thesaurus) -> Verdict:
	verdicts = [_alternative(terms, facts, table, LISTS[asked.kind]) for terms in asked.terms]
	return max(verdicts, key=lambda verdict: (verdict.credit, verdict.closeness))


def _alternative(terms: tuple[str, ...], facts: Facts, table: Thesaurus, listed: str) -> Verdict:
	found = [said_as(term, facts.terms, table) or written_as(term, facts.words, table) for term in terms]
	words = tuple(word for word, _closeness in filter(None, found))
	if len(words) == len(terms):
		return met(words, min(closeness for _word, closeness in found))
	share = NEAR_COUNTS * len(words) // len(terms)
	if listed in facts.says:
		return missing(words, share)
	return Verdict(State.UNKNOWN, max(UNKNOWN_COUNTS, share), 0, words)


def said_as(term: str, said: frozenset[str], table: Thesaurus) -> tuple[str, int] | None:
	"""Return (the word somebody used for a term, how closely), the first by the alphabet where there are several."""
	wanted = table.name(term)
	same = sorted(word for word in said if table.name(word) == wanted)
	if same:
		return same[0], EXACTLY
	like = sorted(word for word in said if table.alike(term, word))
	return (like[0], LOOSELY) if like else None


def written_as(term: str, words: frozenset[str], table: Thesaurus) -> tuple[str, int] | None:
	"""Return (a term that no row knows, how closely) where all its words were written: no table can find it in a title."""
	wanted = words_of(term, table)
	return (term, LOOSELY) if wanted and wanted <= words else None


def _experience(asked: Asked, facts: Facts, _vocabulary: Vocabulary) -> Verdict:
	if not asked.years.low and asked.years.high is None:
		return met()  # whoever may come without any
	if facts.years is None:
		return UNKNOWN
	words = (f"{facts.years:g}",)
	if facts.years < asked.years.low:
		return missing(words, int(NEAR_COUNTS * facts.years / asked.years.low))
	high = asked.years.high
	over = high is not None and facts.years > most_years(high)
	return met(words, LOOSELY if over else EXACTLY)


def most_years(high: float) -> float:
	"""Return how many years are still no other job."""
	return high * _OVER_TIMES + _OVER_YEARS


def _education(asked: Asked, facts: Facts, _vocabulary: Vocabulary) -> Verdict:
	if not facts.education:
		return UNKNOWN
	words = (EDUCATION[facts.education][0],)
	below = asked.education - facts.education
	return met(words) if below <= 0 else missing(words, FAR_COUNTS if below == 1 else 0)


def _language(asked: Asked, facts: Facts, _vocabulary: Vocabulary) -> Verdict:
	if not facts.languages:
		return UNKNOWN
	spoken = dict(facts.languages)
	verdicts = [_spoken(name, level, spoken) for name, level in asked.languages]
	chosen = max if asked.any_language else min
	return chosen(verdicts, key=lambda verdict: (verdict.credit, verdict.words))


def _spoken(name: str, wanted: int, spoken: dict[str, int]) -> Verdict:
	if name not in spoken:
		return missing()
	level = spoken[name]
	if level >= wanted:
		return met((name,))
	if not level:
		return Verdict(State.UNKNOWN, NEAR_COUNTS, 0, (name,))
	return missing((name,), NEAR_COUNTS if wanted - level == 1 else FAR_COUNTS)


def _place(asked: Asked, facts: Facts, _vocabulary: Vocabulary) -> Verdict:
	if REMOTE in asked.places:
		return met(tuple(sorted(facts.places)))
	if not facts.places:
		return UNKNOWN
	there = tuple(sorted(asked.places & facts.places))
	return met(there) if there else missing(tuple(sorted(facts.places)))


def _pay(asked: Asked, facts: Facts, _vocabulary: Vocabulary) -> Verdict:
	if not facts.pay or not asked.pay.comparable(facts.pay):
		return UNKNOWN
	words = (f"{facts.pay.low:,}",)
	if facts.pay.low <= asked.pay.high:
		return met(words)
	return missing(words, NEAR_COUNTS if facts.pay.low * 100 <= asked.pay.high * NEAR_PAY else 0)


def _free(asked: Asked, facts: Facts, vocabulary: Vocabulary) -> Verdict:
	"""Free words are found or not: that they are absent proves nothing."""
	for (term,) in asked.terms:
		if found := said_as(term, facts.terms, vocabulary.traits):
			return met((found[0],), found[1])
	shared = asked.words & facts.words
	if asked.words and len(shared) >= enough(asked.words):
		return met(tuple(sorted(shared)), EXACTLY)
	return UNKNOWN


def enough(words: frozenset[str]) -> int:
	"""Return how many of the words of free text must be there: half, and never none."""
	return max(1, (len(words) + 1) // 2)


_JUDGES: dict[Kind, Callable[[Asked, Facts, Vocabulary], Verdict]] = {
	Kind.EXPERIENCE: _experience,
	Kind.EDUCATION: _education,
	Kind.LANGUAGE: _language,
	Kind.PLACE: _place,
	Kind.PAY: _pay,
	Kind.OTHER: _free,
}
