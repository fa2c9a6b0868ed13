"""A site's own rows of words beside the shipped tables: they add words, or take the place of a shipped row.

Pure. A word stands in one row of a site only; a shipped row gives a word up to the site's row that names it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from referral_hub.matching.rules.text import compact
from referral_hub.matching.rules.thesaurus import LISTED_ONLY, Entry

# what the DocType calls each table of words
TABLES = {
	"Skill": "skills",
	"Certificate": "certificates",
	"Industry": "industries",
	"Language": "languages",
	"Place": "places",
	"Trait": "traits",
}
_BETWEEN = re.compile(r"[\n\r|;；、]")


@dataclass(frozen=True)
class Own:
	"""A row of a site."""

	key: str
	entry: Entry
	replaces: bool = False

	@classmethod
	def of(cls, key: str, word: str, word_zh: str = "", others: str = "", replaces: bool = False) -> "Own":
		"""Read a row as it was typed: other words on lines of their own or between | ; 、, those for lists alone marked `=`."""
		typed = [one.strip() for one in _BETWEEN.split(others or "") if compact(one)]
		words = tuple(one for one in typed if not one.startswith(LISTED_ONLY))
		listed = tuple(one.removeprefix(LISTED_ONLY).strip() for one in typed if one.startswith(LISTED_ONLY))
		return cls(
			key, Entry(word.strip(), (word_zh or "").strip(), words, listed_only=listed), bool(replaces)
		)

	@property
	def forms(self) -> dict[str, str]:
		"""Return its words by what they are compared by."""
		found: dict[str, str] = {}
		for word in self.entry.all_words():
			found.setdefault(compact(word), word)
		found.pop("", None)
		return found


def clash(row: Own, others: Iterable[Own]) -> tuple[str, Own] | None:
	"""Return (a word of the row that another row has, that row); None where all is its own."""
	mine = row.forms
	for other in others:
		shared = sorted(mine.keys() & other.forms.keys())
		if other.key != row.key and shared:
			return mine[shared[0]], other
	return None


def taken(row: Own, shipped: Iterable[Entry]) -> list[tuple[str, str]]:
	"""Return (word, name of the shipped row that gives it up) for the words of shipped rows with another name."""
	mine = row.forms
	return [
		(mine[compact(word)], entry.name)
		for entry in shipped
		if not _is_same(row, entry)
		for word in entry.all_words()
		if compact(word) in mine
	]


def merged(shipped: Iterable[Entry], rows: Iterable[Own]) -> list[Entry]:
	"""Return the table in use: the site's rows first, each with the words of the shipped row it is called like, unless it replaces it."""
	own, table = list(rows), list(shipped)
	claimed = {form for row in own for form in row.forms}
	names = {compact(row.entry.name): row for row in own}
	mine = [_whole(row, table) for row in own]
	left = [_without(entry, claimed) for entry in table if compact(entry.name) not in names]
	return [*mine, *left]


def _is_same(row: Own, entry: Entry) -> bool:
	return compact(row.entry.name) == compact(entry.name)


def _whole(row: Own, table: list[Entry]) -> Entry:
	same = next((entry for entry in table if _is_same(row, entry)), None)
	if row.replaces or not same:
		return row.entry
	more = (one for one in (same.name_zh, *same.words) if compact(one) not in row.forms)
	listed = (one for one in same.listed_only if compact(one) not in row.forms)
	return replace(
		row.entry,
		name_zh=row.entry.name_zh or same.name_zh,
		words=(*row.entry.words, *filter(None, more)),
		field=same.field,
		listed_only=(*row.entry.listed_only, *listed),
	)


def _without(entry: Entry, claimed: set[str]) -> Entry:
	"""Return a shipped row without the words that a site's row has; its name stays, as what its other words are compared by."""

	def kept(words: Iterable[str]) -> Iterator[str]:
		return (word for word in words if compact(word) not in claimed)

	return replace(
		entry,
		name_zh=next(kept([entry.name_zh]), ""),
		words=tuple(kept(entry.words)),
		listed_only=tuple(kept(entry.listed_only)),
	)
