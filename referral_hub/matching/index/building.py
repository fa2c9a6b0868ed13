"""Writes a generation from the facts of everybody, in chunks: time and space grow with the number of people, memory with the words.

Each token (a term, a word, a language, a place, a group) has a list of the rows that hold it; each row has its tokens too, so that what is
found can be explained without asking whoever the people came from. Later people of the same key take the place of earlier ones.
"""

import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from referral_hub.matching.index.coding import COLUMNS, Currencies, figures_of, tokens_of
from referral_hub.matching.rules.profile import Facts

CHUNK = 20_000


@dataclass
class _Growing:
	"""What grows while people are read."""

	tokens: dict[str, int] = field(default_factory=dict)
	currencies: Currencies = field(default_factory=lambda: Currencies([""]))
	keys: list[bytes] = field(default_factory=list)
	figures: list[np.ndarray] = field(default_factory=list)
	sizes: list[np.ndarray] = field(default_factory=list)


def write(part: Path, people: Iterable[Facts], chunk: int = CHUNK) -> int:
	"""Write a generation into an empty folder; return how many people it holds."""
	grown = _Growing()
	with (part / "row_tokens.bin").open("wb") as file:
		for some in _chunks(people, chunk):
			_read_chunk(some, grown).tofile(file)
	sizes = np.concatenate([np.zeros(1, np.int64), *grown.sizes])
	row_starts = np.cumsum(sizes)
	row_tokens = np.fromfile(part / "row_tokens.bin", np.int32)
	_save(part, "row_starts", row_starts)
	_save(part, "row_tokens", row_tokens)
	(part / "row_tokens.bin").unlink()
	_write_postings(part, row_starts, row_tokens, len(grown.tokens), chunk)
	_write_columns(part, grown)
	_write_keys(part, grown.keys)
	meta = {"tokens": list(grown.tokens), "currencies": grown.currencies.codes}
	(part / "meta.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
	return len(grown.keys)


def _chunks(people: Iterable[Facts], size: int) -> Iterator[list[Facts]]:
	left = iter(people)
	while some := list(islice(left, size)):
		yield some


def _read_chunk(people: list[Facts], grown: _Growing) -> np.ndarray:
	found, sizes = array("i"), []
	for person in people:
		tokens = tokens_of(person)
		found.extend(grown.tokens.setdefault(token, len(grown.tokens)) for token in tokens)
		sizes.append(len(tokens))
	grown.keys.extend(person.key.encode() for person in people)
	grown.sizes.append(np.array(sizes, np.int64))
	grown.figures.append(np.array([figures_of(person, grown.currencies) for person in people]))
	return np.frombuffer(found, np.int32) if found else np.zeros(0, np.int32)


def _write_postings(
	part: Path, row_starts: np.ndarray, row_tokens: np.ndarray, count: int, chunk: int
) -> None:
	"""Turn the tokens of each row into the rows of each token; chunks come in the order of rows, so each list is sorted."""
	starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(row_tokens, minlength=count))])
	rows = np.lib.format.open_memmap(part / "postings.npy", "w+", np.int32, (len(row_tokens),))
	filled = starts[:-1].copy()
	for first in range(0, len(row_starts) - 1, chunk):
		last = min(first + chunk, len(row_starts) - 1)
		tokens = row_tokens[row_starts[first] : row_starts[last]]
		owners = np.repeat(np.arange(first, last, dtype=np.int32), np.diff(row_starts[first : last + 1]))
		order = np.argsort(tokens, kind="stable")
		ordered = tokens[order]
		named, begins, counts = np.unique(ordered, return_index=True, return_counts=True)
		places = np.arange(len(ordered)) - np.repeat(begins, counts) + np.repeat(filled[named], counts)
		rows[places] = owners[order]
		filled[named] += counts
	rows.flush()
	_save(part, "posting_starts", starts)


def _write_columns(part: Path, grown: _Growing) -> None:
	figures = np.concatenate(grown.figures) if grown.figures else np.zeros((0, len(COLUMNS)))
	for number, (name, kind) in enumerate(COLUMNS.items()):
		_save(part, name, figures[:, number].astype(kind))


def _write_keys(part: Path, keys: list[bytes]) -> None:
	"""Keep who is dead too: of rows with one key only the last is alive."""
	names = np.array(keys, dtype=np.bytes_) if keys else np.zeros(0, "S1")
	order = np.argsort(names, kind="stable").astype(np.int32)
	rank = np.empty(len(order), np.int32)
	rank[order] = np.arange(len(order), dtype=np.int32)
	alive = np.ones(len(order), bool)
	alive[order[:-1][names[order][:-1] == names[order][1:]]] = False
	for name, values in (("keys", names), ("by_key", order), ("key_rank", rank), ("alive", alive)):
		_save(part, name, values)


def _save(part: Path, name: str, values: np.ndarray) -> None:
	np.save(part / f"{name}.npy", values)
