"""How an opening suits somebody of the talent pool by what their words mean: 焊工 is a welder, 苏州市 is Suzhou.

Pure. Begins with the words as they are written (talent/rules/fitting.py) and adds what only a table of words knows, so that nobody who
was found by letters is lost. Shows the words of the person, as they wrote them.
"""

from functools import lru_cache

from referral_hub.matching.rules.profile import places_of
from referral_hub.matching.rules.thesaurus import Entry
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.talent.rules.fitting import (
	BY_DESIGNATION,
	BY_PLACE,
	BY_TITLE,
	MOST_WORDS_SHOWN,
	Fit,
	Offered,
	Wish,
	by_letters,
	words_of,
)

DESIGNATION, PLACE = "designation", "place"
# a skill, a paper or a trade by whatever word says more than letters that happen to agree
BY_MEANING, MOST_BY_MEANING = 6, 30


def fit(wish: Wish, opening: Offered, vocabulary: Vocabulary, text: dict[Entry, str] | None = None) -> Fit:
	"""Return how an opening suits somebody; the score is 0 where nothing speaks for it. `text`: what its description names, if read before."""
	letters = by_letters(wish, opening)
	in_title, in_text = _only_by_meaning(wish, opening, vocabulary, text)
	by = _by(wish, opening, letters, vocabulary)
	score = letters.score + BY_TITLE * len(in_title) + min(BY_MEANING * len(in_text), MOST_BY_MEANING)
	score += BY_DESIGNATION * (DESIGNATION in by and DESIGNATION not in letters.by)
	place_counts = PLACE in by and not (PLACE in letters.by and letters.score)
	score += BY_PLACE * (place_counts and bool(score or not wish.words))  # a place alone is no reason
	words = dict.fromkeys((*in_title, *in_text, *letters.words))
	return Fit(opening.name, score, by, tuple(words)[:MOST_WORDS_SHOWN])


def _only_by_meaning(
	wish: Wish, opening: Offered, vocabulary: Vocabulary, text: dict[Entry, str] | None
) -> tuple[list[str], list[str]]:
	"""Return the words of somebody that a title means, and a description, where letters alone did not say so."""
	letters = words_of(opening.title) | words_of(opening.description)
	title = named(opening.title, vocabulary)
	text = named(opening.description, vocabulary) if text is None else text
	mine = {
		entry: used for entry, used in named(wish.words, vocabulary).items() if not words_of(used) & letters
	}
	in_title = [used for entry, used in mine.items() if entry in title]
	return in_title, [used for entry, used in mine.items() if entry in text and entry not in title]


def _by(wish: Wish, opening: Offered, letters: Fit, vocabulary: Vocabulary) -> tuple[str, ...]:
	wished, designation = (named(one.designation or "", vocabulary) for one in (wish, opening))
	holds = {
		DESIGNATION: bool(wished.keys() & designation.keys()),
		PLACE: bool(_places(wish.place, vocabulary) & _places(opening.place, vocabulary)),
	}
	return tuple(name for name, is_so in holds.items() if is_so or name in letters.by)


def _places(text: str | None, vocabulary: Vocabulary) -> frozenset[str]:
	return places_of([text or ""], vocabulary.places)


@lru_cache(maxsize=1 << 12)
def named(text: str, vocabulary: Vocabulary) -> dict[Entry, str]:
	"""Return what a text names, with its words. Openings are asked for again and again: each text is read once."""
	found: dict[Entry, str] = {}
	for table in (vocabulary.skills, vocabulary.certificates, vocabulary.industries):
		for entry, used in table.found_in(text).items():
			found.setdefault(entry, used)
	return found
