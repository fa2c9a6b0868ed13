"""A generation as it is read: arrays mapped into memory, one copy of them for all processes of a machine."""

import json
from functools import cached_property, reduce
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from referral_hub.matching.index.coding import COLUMNS, LANGUAGE, TERM, WORD, facts_of
from referral_hub.matching.rules.asking import words_of
from referral_hub.matching.rules.profile import Facts
from referral_hub.matching.rules.text import compact
from referral_hub.matching.rules.thesaurus import ALIKE, Thesaurus

_ARRAYS = (
	"row_starts",
	"row_tokens",
	"posting_starts",
	"postings",
	"keys",
	"by_key",
	"key_rank",
	"alive",
	*COLUMNS,
)


class Generation:
	"""Reads one folder; refuses to change it."""

	def __init__(self, folder: Path):
		self.folder = folder
		meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
		self.tokens: list[str] = meta["tokens"]
		self.currencies: list[str] = meta["currencies"]
		self.arrays = {name: _mapped(folder / f"{name}.npy") for name in _ARRAYS}
		self._found: dict[tuple[int, str], tuple[Thesaurus, list[int], list[int]]] = {}

	def __getitem__(self, name: str) -> np.ndarray:
		return self.arrays[name]

	def __len__(self) -> int:
		return len(self.arrays["keys"])

	@cached_property
	def numbers(self) -> dict[str, int]:
		return {token: number for number, token in enumerate(self.tokens)}

	@cached_property
	def _terms(self) -> dict[str, list[int]]:
		"""Return the tokens of terms by their compact form."""
		found: dict[str, list[int]] = {}
		for number, token in enumerate(self.tokens):
			if token[0] == TERM:
				found.setdefault(compact(token[1:]), []).append(number)
		return found

	def rows(self, token: str) -> np.ndarray:
		number = self.numbers.get(token)
		return np.zeros(0, np.int32) if number is None else self._rows_of(number)

	def _rows_of(self, number: int) -> np.ndarray:
		first, last = self["posting_starts"][number : number + 2]
		return self["postings"][first:last]

	def places_of(self, rows: np.ndarray) -> np.ndarray:
		"""Return where people stand whom a generation has in these rows."""
		return rows

	def said_as(self, term: str, table: Thesaurus) -> tuple[list[np.ndarray], list[np.ndarray]]:
		"""Return the lists of rows that hold a term exactly, and those that hold it with a slip, or its words where no row of the table knows it."""
		key = (id(table), term)
		if key not in self._found:
			exactly = self._exactly(term, table)
			# the table is kept, so that no other one can have its id
			self._found[key] = table, exactly, self._loosely(term, table, set(exactly))
		_table, *both = self._found[key]
		exactly, loosely = ([self._rows_of(number) for number in numbers] for numbers in both)
		return exactly, loosely + self._written(term, table)

	def _written(self, term: str, table: Thesaurus) -> list[np.ndarray]:
		rows = [self.rows(WORD + word) for word in words_of(term, table)]
		return [reduce(np.intersect1d, rows)] if rows else []

	def _exactly(self, term: str, table: Thesaurus) -> list[int]:
		entry = table.known(term)
		words = {compact(word) for word in entry.all_words()} if entry else {compact(term)}
		mine = (word for word in words if table.by_word.get(word) is entry)
		return [number for word in mine for number in self._terms.get(word, ())]

	def _loosely(self, term: str, table: Thesaurus, same: set[int]) -> list[int]:
		entry = table.known(term)
		words = {compact(word) for word in (entry.all_words() if entry else (term,))}
		near = {
			form
			for word in words
			for form, *_score in process.extract_iter(
				word, self._terms.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE
			)
		}
		return [
			number
			for form in near
			for number in self._terms[form]
			if number not in same and table.alike(term, self.tokens[number][1:])
		]

	def levels(self, name: str) -> list[tuple[int, np.ndarray]]:
		"""Return (level, rows) of everybody who speaks a language."""
		return [(level, self.rows(f"{LANGUAGE}{level}{name}")) for level in range(7)]

	def row_of(self, key: str) -> int | None:
		"""Return where somebody stands, the last of several."""
		wanted, order, keys = key.encode(), self["by_key"], self["keys"]
		first, last = 0, len(order)
		while first < last:
			middle = (first + last) // 2
			first, last = (middle + 1, last) if keys[order[middle]] <= wanted else (first, middle)
		found = int(order[first - 1]) if first else None
		return found if found is not None and keys[found] == wanted else None

	def find(self, key: str) -> Facts | None:
		row = self.row_of(key)
		return None if row is None else self.facts(row)

	def facts(self, row: int) -> Facts:
		first, last = self["row_starts"][row : row + 2]
		tokens = [self.tokens[number] for number in self["row_tokens"][first:last]]
		figures = tuple(self[name][row] for name in COLUMNS)
		return facts_of(self["keys"][row].decode(), tokens, figures, self.currencies)


def _mapped(path: Path) -> np.ndarray:
	try:
		# as a plain array: a memmap is slow to slice, and the file stays mapped all the same
		return np.asarray(np.load(path, mmap_mode="r"))
	except ValueError:  # an empty file can't be mapped
		return np.load(path)
