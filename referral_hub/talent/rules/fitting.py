"""Which openings fit what is known of somebody without one, and by which words. Pure; says what it found, promises nothing.

Words are compared as they are written: a designation and a place count most because HR chose them, a word of the title more than
one of the description. Chinese has no blanks: two neighbouring characters are a word.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from referral_hub.matching.rules.engine import Reason
from referral_hub.referrals.rules.requirements.assessing import Requirement

BY_DESIGNATION, BY_PLACE, BY_TITLE, BY_TEXT = 50, 20, 10, 2
MOST_BY_TEXT = 10
MOST_WORDS_SHOWN = 6
# two signs are a word where one of them is no letter: c#, h2, 5s, 3d; a number alone is none
_SHORT = r"[a-z][0-9+#](?![a-z0-9+#])|(?<![a-z0-9])[0-9][a-z](?![a-z0-9+#])"
_WORD = re.compile(rf"[a-z][a-z0-9+#.-]{{2,}}|{_SHORT}|[\u4e00-\u9fff]+")
# too common to say anything about a person
_COMMON = frozenset(
	[
		"and",
		"the",
		"for",
		"with",
		"who",
		"our",
		"you",
		"are",
		"has",
		"have",
		"from",
		"this",
		"that",
		"will",
		"can",
		"not",
		"all",
		"work",
		"team",
	]
)


@dataclass(frozen=True)
class Wish:
	"""What is known of somebody: what HR chose, and what people wrote."""

	designation: str | None = None
	place: str | None = None
	words: str = ""


@dataclass(frozen=True)
class Offered:
	"""An opening, as plain text."""

	name: str
	title: str
	designation: str | None = None
	place: str | None = None
	description: str = ""
	# the rows that HR confirmed; empty where nobody has
	requirements: tuple[Requirement, ...] = ()


# what a Fit was judged by: rows that HR confirmed, or a draft of the description
CONFIRMED, DRAFT = "confirmed", "draft"


@dataclass(frozen=True)
class Note:
	"""What somebody else's scorer added to a score, and its name."""

	scorer: str
	points: int


@dataclass(frozen=True)
class Fit:
	"""How well two go together: of a hundred, and how much of what is asked is known at all."""

	name: str
	score: int
	# what speaks for it: "designation", "place", and the words both sides have
	by: tuple[str, ...] = ()
	words: tuple[str, ...] = field(default=())
	confidence: int = 0
	basis: str = ""
	met: tuple[Reason, ...] = ()
	missing: tuple[Reason, ...] = ()
	unknown: tuple[Reason, ...] = ()
	notes: tuple[Note, ...] = ()


Judge = Callable[[Wish, Offered], Fit]


def by_letters(wish: Wish, opening: Offered) -> Fit:
	"""Return how an opening suits somebody by the words as they are written; the score is 0 where nothing speaks for it."""
	wished = words_of(wish.words)
	in_title = words_of(opening.title) & wished
	in_text = (words_of(opening.description) & wished) - in_title
	by_designation = bool(wish.designation) and wish.designation == opening.designation
	by_place = bool(wish.place) and bool(opening.place) and wish.place.casefold() in opening.place.casefold()
	by = tuple(name for name, holds in (("designation", by_designation), ("place", by_place)) if holds)
	score = BY_DESIGNATION * by_designation + BY_TITLE * len(in_title)
	score += min(BY_TEXT * len(in_text), MOST_BY_TEXT)
	score += BY_PLACE * by_place if score or not wished else 0  # a place alone is no reason among many words
	return Fit(opening.name, score, by, tuple([*sorted(in_title), *sorted(in_text)][:MOST_WORDS_SHOWN]))


def fitting(wish: Wish, openings: list[Offered], most: int = 5, judge: Judge = by_letters) -> list[Fit]:
	"""Return the openings that fit at all, the best first; equal ones in the order they came."""
	found = [fit for fit in (judge(wish, opening) for opening in openings) if fit.score]
	return sorted(found, key=lambda fit: -fit.score)[:most]


def people_for(
	opening: Offered, people: dict[str, Wish], most: int = 20, judge: Judge = by_letters
) -> list[Fit]:
	"""Return the people whom an opening suits at all, the best first; each Fit is named by the person's key."""
	found = [replace(judge(wish, opening), name=key) for key, wish in people.items()]
	return sorted((fit for fit in found if fit.score), key=lambda fit: -fit.score)[:most]


def people_like(
	person: Wish, people: dict[str, Wish], most: int = 20, judge: Judge = by_letters
) -> list[Fit]:
	"""Return the people who want and can do what somebody does, the most alike first."""
	as_opening = Offered("", person.designation or "", person.designation, person.place, person.words)
	return people_for(as_opening, people, most, judge)


@lru_cache(maxsize=1 << 12)
def words_of(text: str | None) -> frozenset[str]:
	found: set[str] = set()
	for word in _WORD.findall((text or "").casefold()):
		if "\u4e00" <= word[0] <= "\u9fff":
			found |= {word[at : at + 2] for at in range(len(word) - 1)}
		elif word.strip(".-") not in _COMMON:
			found.add(word.strip(".-"))
	return frozenset(found)
