"""One index of people, shared by all processes of a machine: who fits an opening among a million, what changed since, built anew.

It knows no database: people come as Facts, from whoever holds them. What is saved is found by the next search of every process. A search
weighs everybody at once (weighing.py), and explains the best by the same rules that judge one person (rules/engine.py).
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from referral_hub.matching.index import building, coding, files
from referral_hub.matching.index.generation import Generation
from referral_hub.matching.index.weighing import MET, MISSING, UNKNOWN, Weighed, weigh
from referral_hub.matching.rules import engine
from referral_hub.matching.rules.asking import Asked, asked_by
from referral_hub.matching.rules.engine import RULED_OUT_CAP, UNKNOWN_MUST_CAP, Match
from referral_hub.matching.rules.profile import Facts
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.referrals.rules.requirements.assessing import Requirement

_BUILD, _WRITE = "build.lock", "write.lock"
_NOBODY = -1
# people weighed together: their sums stay in the processor's cache
_BLOCK = 1 << 15
# bytes of a journal that make a search slow: some hundreds of people
_LONG = 1 << 18
# bits of a rank: score, closeness, confidence, key
_CLOSENESS_AT, _CONFIDENCE_AT, _SCORE_AT = 40, 32, 54


class Index:
	def __init__(self, folder: Path | str):
		self.folder = Path(folder)
		self._generation: Generation | None = None
		self._changed: dict[str, Facts | None] = {}
		self._read_to = 0
		# the generation this process wrote to, and how far its journal is known to be whole
		self._written_to: tuple[Path | None, int] = None, 0

	def build(self, people: Iterable[Facts], chunk: int = building.CHUNK) -> int:
		"""Build anew beside what is in force; what is saved meanwhile is carried over. Raises BuildRunning."""
		with files.locked(self.folder, _BUILD, wait=False):
			there, start = self._begin()
			part = files.next_part(self.folder)
			count = building.write(part, people, chunk)
			with files.locked(self.folder, _WRITE):
				self._put_in_force(part, files.changes(there, start)[0])
		return count

	def save(self, *people: Facts) -> None:
		"""Put people in the place of what is known under their keys."""
		self._write([{"key": person.key, "facts": coding.as_json(person)} for person in people])

	def remove(self, *keys: str) -> None:
		self._write([{"key": key, "facts": None} for key in keys])

	def changes(self) -> int:
		"""Return how many people changed since the index was built: many make a search slow."""
		self.generation()
		return len(self._changed)

	def is_long(self) -> bool:
		"""Say whether so much stands in the journal, where this process last wrote, that it is time to build."""
		return self._written_to[1] > _LONG

	def facts(self, key: str) -> Facts | None:
		index = self.generation()
		if key in self._changed:
			return self._changed[key]
		row = index.row_of(key) if index else None
		return None if row is None else index.facts(row)

	def search(
		self,
		opening: Iterable[Requirement],
		vocabulary: Vocabulary,
		top: int = 20,
		*,
		group: str | None = None,
		ruled_out: bool = False,
	) -> list[Match]:
		"""Return whom an opening fits, as `engine.match` does, of one group where it is named."""
		index, rows = self.generation(), asked_by(opening, vocabulary)
		people = [person for person in self._changed.values() if person and group in (None, person.group)]
		if index and len(index) and rows:
			ranks = _ranks(rows, index, vocabulary, ruled_out)
			_leave_out(ranks, index, self._changed, group)
			people += [index.facts(row) for row in _best_rows(ranks, top)]
		found = (engine.explain(rows, person, vocabulary) for person in people)
		return engine.best(found, top, ruled_out=ruled_out)

	def _begin(self) -> tuple[Path, int]:
		"""Return the generation that takes what is saved during a build, and how far its journal goes by now."""
		with files.locked(self.folder, _WRITE):
			there = self._in_force()
			return there, files.journal_size(there)

	def _write(self, entries: list[dict]) -> None:
		with files.locked(self.folder, _WRITE):
			there = self._in_force()
			known = self._written_to[1] if self._written_to[0] == there else 0
			self._written_to = there, files.append(there, entries, known)

	def _in_force(self) -> Path:
		"""Return the generation that takes changes; the first is empty. Called under the lock for writing."""
		there = files.current(self.folder)
		return there or self._put_in_force(files.next_part(self.folder), [])

	def _put_in_force(self, part: Path, changes: list[dict]) -> Path:
		if not any(part.iterdir()):
			building.write(part, [])
		files.append(part, changes)
		return files.put_in_force(part)

	def generation(self) -> Generation | None:
		"""Read what changed on the disk since this process looked."""
		while there := files.current(self.folder):
			try:
				if not self._generation or self._generation.folder != there:
					self._generation, self._changed, self._read_to = Generation(there), {}, 0
				entries, self._read_to = files.changes(there, self._read_to)
				break
			except FileNotFoundError:  # a build has just put another one in force
				self._generation = None
		else:
			return None
		for entry in entries:
			self._changed[entry["key"]] = coding.from_json(entry["facts"]) if entry["facts"] else None
		return self._generation


def _ranks(rows: list[Asked], index: Generation, vocabulary: Vocabulary, ruled_out: bool) -> np.ndarray:
	"""Return a number for each person that is the larger the better they fit; nobody's match has none."""
	weighed = [(row, weigh(row, index, vocabulary)) for row in rows]
	found = np.empty(len(index), np.int64)
	for first in range(0, len(index), _BLOCK):
		some = slice(first, first + _BLOCK)
		found[some] = _ranks_of(weighed, some, ruled_out)
	found |= len(index) - 1 - index["key_rank"]
	found[~np.asarray(index["alive"])] = _NOBODY
	return np.where(found < 0, _NOBODY, found)


def _ranks_of(weighed: list[tuple[Asked, Weighed]], some: slice, ruled_out: bool) -> np.ndarray:
	"""Return the ranks of some people but for their keys, below nothing for nobody's match."""
	people = len(weighed[0][1].state[some])
	total = sum(row.weight for row, _one in weighed)
	credit, known, closeness = (np.zeros(people, np.int32) for _each in range(3))
	cap, meets, lacks = np.full(people, 100, np.int32), np.zeros(people, bool), np.zeros(people, bool)
	for row, one in weighed:
		state = one.state[some]
		credit += np.multiply(one.credit[some], row.weight, dtype=np.int32)
		closeness += np.multiply(one.closeness[some], row.weight, dtype=np.int32)
		known += np.multiply(state != UNKNOWN, row.weight, dtype=np.int32)
		meets |= state == MET
		if row.row.must_have:
			lacks |= state == MISSING
			cap[state == UNKNOWN] = UNKNOWN_MUST_CAP
	cap[lacks] = RULED_OUT_CAP
	score = np.minimum(engine.rounded(credit, total), cap).astype(np.int64)
	confidence = engine.rounded(100 * known, total).astype(np.int64)
	found = (
		(score << _SCORE_AT) | (closeness.astype(np.int64) << _CLOSENESS_AT) | (confidence << _CONFIDENCE_AT)
	)
	found[~meets | (lacks & (not ruled_out))] = np.iinfo(np.int64).min
	return found


def _leave_out(ranks: np.ndarray, index: Generation, changed: Iterable[str], group: str | None) -> None:
	for row in filter(lambda row: row is not None, map(index.row_of, changed)):
		ranks[row] = _NOBODY
	if group is not None:
		others = np.ones(len(ranks), bool)
		others[index.rows(coding.GROUP + group)] = False
		ranks[others] = _NOBODY


def _best_rows(ranks: np.ndarray, top: int) -> list[int]:
	few = min(top, len(ranks))
	best = np.argpartition(ranks, len(ranks) - few)[len(ranks) - few :] if few else []
	return [int(row) for row in best if ranks[row] != _NOBODY]
