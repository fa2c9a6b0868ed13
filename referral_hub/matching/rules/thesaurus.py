"""Words for the same thing: Kubernetes and k8s, welder and 焊工. Made from rows that somebody may edit; finds them in lists and in text.

Pure. A row has a name in English, one in Chinese, and other words. A word marked `=` (Go, Word, Access) counts only where somebody
lists it, not in running text, where it mostly means something else. What no row knows is a term of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from referral_hub.matching.rules.text import compact, is_chinese, normal, pieces, tokens

LISTED_ONLY = "="
# so many tokens may make one term; "certified information systems auditor" has four
LONGEST = 6
# a slip of the pen, no other word: letters that must agree, of a hundred, and how long a word must be to have slips
ALIKE, SHORTEST, SHORTEST_CHINESE = 88, 5, 4


@dataclass(frozen=True)
class Entry:
	"""One thing and its words."""

	name: str
	name_zh: str = ""
	words: tuple[str, ...] = ()
	field: str = ""
	listed_only: tuple[str, ...] = ()

	def named(self, language: str = "en") -> str:
		return (language.startswith("zh") and self.name_zh) or self.name

	def all_words(self) -> Iterator[str]:
		yield from filter(None, (self.name, self.name_zh, *self.words, *self.listed_only))


@dataclass(frozen=True, eq=False)
class Thesaurus:
	"""Entries by the compact form of their words; one is itself, so that what it found can be remembered."""

	entries: tuple[Entry, ...] = ()
	by_word: dict[str, Entry] = field(default_factory=dict)
	in_text: frozenset[str] = frozenset()
	# all beginnings of the words that count in running text: most words of a text begin none
	beginnings: frozenset[str] = frozenset()

	@classmethod
	def of(cls, entries: Iterable[Entry]) -> "Thesaurus":
		"""Return the thesaurus of rows; of two that claim a word the first has it."""
		kept, by_word = tuple(entries), {}
		for entry in kept:
			for word in entry.all_words():
				by_word.setdefault(compact(word), entry)
		listed_only = {compact(word) for entry in kept for word in entry.listed_only}
		in_text = frozenset(by_word) - listed_only
		beginnings = frozenset(word[:end] for word in in_text for end in range(1, len(word)))
		return cls(kept, by_word, in_text, beginnings)

	@cached_property
	def starts(self) -> frozenset[str]:
		return self.in_text | self.beginnings

	def known(self, term: str) -> Entry | None:
		return self.by_word.get(compact(term))

	def name(self, term: str) -> str:
		"""Return what a term is compared by: the compact form of its entry's name, or its own."""
		entry = self.known(term)
		return compact(entry.name if entry else term)

	def shown(self, term: str, language: str = "en") -> str:
		entry = self.known(term)
		return entry.named(language) if entry else term

	def found_in(self, text: str | None) -> dict[Entry, str]:
		"""Return what a text names, by the words it used, in the order of the text: the longest term counts."""
		words, forms, everything = _forms(text)
		if self.starts.isdisjoint(everything):
			return {}
		at, found = 0, {}
		while at < len(words):
			size, term = self._term_at(forms, at) if forms[at] in self.starts else (0, "")
			if size:
				found.setdefault(term, _joined(words[at : at + size]))
			else:
				for piece in pieces(words[at]):
					if piece in self.in_text:
						found.setdefault(piece, piece)
			at += size or 1
		entries: dict[Entry, str] = {}
		for term, used in found.items():
			entries.setdefault(self.by_word[term], used)
		return entries

	def _term_at(self, forms: list[str], at: int) -> tuple[int, str]:
		"""Return how many words from here on make the longest term, and the term; no further than some term still begins so."""
		term, longest = forms[at], (0, "")
		for size in range(1, LONGEST + 1):
			if term in self.in_text:
				longest = size, term
			if term not in self.beginnings or at + size == len(forms):
				break
			term += forms[at + size].removeprefix(".")
		return longest

	def alike(self, wanted: str, said: str) -> bool:
		"""Whether a term that no row knows is a slip of the pen for another: kubernets, 财务分折师."""
		if compact(said) in self.by_word:
			return False
		entry = self.known(wanted)
		words = entry.all_words() if entry else (wanted,)
		return any(alike(compact(word), compact(said)) for word in words)


@lru_cache(maxsize=1 << 12)
def _forms(text: str | None) -> tuple[tuple[str, ...], list[str], frozenset[str]]:
	"""Return the words of a text, what they are compared by, and that with the shorter words inside; each table asks for the same text."""
	words = tokens(text)
	forms = [compact(word) for word in words]
	return words, forms, frozenset((*forms, *(piece for word in words for piece in pieces(word))))


def alike(one: str, other: str) -> bool:
	"""Whether two compact forms differ by a slip only; digits never slip (cet4 is not cet6)."""
	shortest = SHORTEST_CHINESE if is_chinese(one) else SHORTEST
	if min(len(one), len(other)) < shortest or _digits(one) != _digits(other):
		return False
	return fuzz.ratio(one, other, score_cutoff=ALIKE) > 0


def entries_of(rows: Iterable[dict[str, str]]) -> list[Entry]:
	"""Return entries of rows with name, name_zh, other (words between |) and field; a row without a name is none."""
	return [_entry(row) for row in rows if (row.get("name") or "").strip()]


def _entry(row: dict[str, str]) -> Entry:
	others = [word.strip() for word in (row.get("other") or "").split("|") if word.strip()]
	return Entry(
		row["name"].strip(),
		(row.get("name_zh") or "").strip(),
		tuple(word for word in others if not word.startswith(LISTED_ONLY)),
		(row.get("field") or "").strip(),
		tuple(word.removeprefix(LISTED_ONLY) for word in others if word.startswith(LISTED_ONLY)),
	)


def _digits(form: str) -> str:
	return "".join(sign for sign in form if sign.isdigit())


def _joined(words: tuple[str, ...]) -> str:
	return normal("".join(words) if all(map(is_chinese, words)) else " ".join(words))
