"""One index of people, shared by all processes of a machine: who fits an opening among a million, what changed since, built anew.

It knows no database: people come as Facts, from whoever holds them. What is saved is found by the next search of every process. A search
weighs everybody at once (weighing.py), and explains the best by the same rules that judge one person (rules/engine.py).
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import RLock

import numpy as np

from referral_hub.matching.index import building, coding, files
from referral_hub.matching.index.generation import Generation
from referral_hub.matching.index.group import Some, of_group
from referral_hub.matching.index.weighing import MET, MISSING, UNKNOWN, Weighed, weigh
from referral_hub.matching.rules import engine
from referral_hub.matching.rules.asking import Asked, asked_by
from referral_hub.matching.rules.engine import RULED_OUT_CAP, UNKNOWN_MUST_CAP, Match
from referral_hub.matching.rules.judging import FULL
from referral_hub.matching.rules.profile import Facts
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.referrals.rules.requirements.assessing import Requirement

AsTheyAre = Callable[[list[str]], dict[str, Facts]]
_BUILD, _WRITE = "build.lock", "write.lock"
_NOBODY = -1
# people weighed together: their sums stay in the processor's cache
_BLOCK = 1 << 15
# bytes of a journal that make a search slow: some hundreds of people
_LONG = 1 << 18
# bits of a rank: score, closeness, confidence, key
_CLOSENESS_AT, _CONFIDENCE_AT, _SCORE_AT = 40, 32, 54
_LAST_KEY = np.iinfo(np.int32).max


class Index:
	def __init__(self, folder: Path | str):
		self.folder = Path(folder)
		self._generation: Generation | None = None
		self._changed: dict[str, Facts | None] = {}
		# where they stand in the generation, as they were before
		self._outdated: list[int] = []
		self._read_to = 0
		# threads of a process share what it has read
		self._reading = RLock()
		# the generation this process wrote to, and how far its journal is known to be whole
		self._written_to: tuple[Path | None, int] = None, 0

	def build(
		self,
		people: Iterable[Facts],
		chunk: int = building.CHUNK,
		*,
		as_they_are: AsTheyAre | None = None,
		starts: Iterable[str] = (),
	) -> int:
		"""Build anew beside what is in force; what is saved meanwhile is carried over. Raises BuildRunning.

		`as_they_are` is asked for those who were saved or removed before the build began and are not so in what was read: whoever did it may
		have shown it to nobody yet. It waits for them and returns {key: facts} of those who are there. `starts`: of machines that asked for the
		build, as `may_lack_changes` knows them.
		"""
		with files.locked(self.folder, _BUILD, wait=False):
			there, start = self._begin()
			part = files.next_part(self.folder)
			count = building.write(part, people, chunk)
			# not under the lock for writing: whoever is waited for may wait for it
			settled = _settled(part, files.changes(there)[0], as_they_are) if as_they_are else []
			with files.locked(self.folder, _WRITE):
				self._put_in_force(part, [*settled, *files.changes(there, start)[0]], starts)
		return count

	def save(self, *people: Facts) -> None:
		"""Put people in the place of what is known under their keys."""
		self._write([_entry(person.key, person) for person in people])

	def remove(self, *keys: str) -> None:
		self._write([_entry(key, None) for key in keys])

	def changes(self) -> int:
		"""Return how many people changed since the index was built: many make a search slow."""
		return len(self._now()[1])

	def is_long(self) -> bool:
		"""Say whether so much stands in the journal, where this process last wrote, that it is time to build."""
		return self._written_to[1] > _LONG

	def has_long_journal(self) -> bool:
		"""Say whether it is time to build, whoever wrote the journal: a look at the disk."""
		there = files.current(self.folder)
		return bool(there) and files.journal_size(there) > _LONG

	def may_lack_changes(self) -> bool:
		"""Say whether the machine was started since the index was built: if it broke down, what was saved last may be lost."""
		there = files.current(self.folder)
		return bool(there) and files.outlived(there)

	def facts(self, key: str) -> Facts | None:
		index, changed, _outdated = self._now()
		if key in changed:
			return changed[key]
		return index.find(key) if index else None

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
		(index, changed, outdated), rows = self._now(), asked_by(opening, vocabulary)
		people = [person for person in changed.values() if person and group in (None, person.group)]
		if index and group is not None:
			index = of_group(index, group)
		if index and len(index) and rows:
			scores = _scores(rows, index, vocabulary, ruled_out)
			scores[index.places_of(outdated)] = _NOBODY
			people += [index.facts(row) for row in _best_rows(rows, index, vocabulary, scores, top)]
		found = (engine.explain(rows, person, vocabulary) for person in people)
		return engine.best(found, top, ruled_out=ruled_out)

	def _begin(self) -> tuple[Path, int]:
		"""Return the generation that takes what is saved during a build, and how far its journal goes by now."""
		with files.locked(self.folder, _WRITE):
			there = self._in_force()
			# what a killed writer left half is cut off now: by whoever saves meanwhile it would be, and their line begin before this place
			return there, files.append(there, [])

	def _write(self, entries: list[dict]) -> None:
		if not entries:
			return
		with files.locked(self.folder, _WRITE):
			there = self._in_force()
			known = self._written_to[1] if self._written_to[0] == there else 0
			self._written_to = there, files.append(there, entries, known)

	def _in_force(self) -> Path:
		"""Return the generation that takes changes; the first is empty. Called under the lock for writing."""
		there = files.current(self.folder)
		return there or self._put_in_force(files.next_part(self.folder), [])

	def _put_in_force(self, part: Path, changes: list[dict], starts: Iterable[str] = ()) -> Path:
		if not any(part.iterdir()):
			building.write(part, [])
		files.append(part, changes)
		return files.put_in_force(part, starts)

	def _now(self) -> tuple[Generation | None, dict[str, Facts | None], np.ndarray]:
		"""Return the generation in force, what changed since, and where that stands in it, as they are now: another thread may read on meanwhile."""
		with self._reading:
			return self.generation(), dict(self._changed), np.array(sorted(self._outdated), np.int64)

	def generation(self) -> Generation | None:
		"""Read what changed on the disk since this process looked."""
		with self._reading:
			return self._read_on()

	def _read_on(self) -> Generation | None:
		while there := files.current(self.folder):
			try:
				if not self._generation or self._generation.folder != there:
					self._generation, self._changed, self._read_to = Generation(there), {}, 0
					self._outdated = []
				entries, self._read_to = files.changes(there, self._read_to)
				break
			except FileNotFoundError:  # a build has just put another one in force
				self._generation = None
		else:
			return None
		for entry in entries:
			self._read_change(entry["key"], entry["facts"])
		return self._generation

	def _read_change(self, key: str, facts: dict | None) -> None:
		row = None if key in self._changed else self._generation.row_of(key)
		if row is not None:
			self._outdated.append(row)
		self._changed[key] = coding.from_json(facts) if facts else None


def _entry(key: str, person: Facts | None) -> dict:
	return {"key": key, "facts": coding.as_json(person) if person else None}


def _settled(part: Path, changes: list[dict], as_they_are: AsTheyAre) -> list[dict]:
	"""Return what a part lacks of those whose last change is not what it says of them."""
	last, built = {entry["key"]: entry["facts"] for entry in changes}, Generation(part)
	said = {key: coding.from_json(facts) if facts else None for key, facts in last.items()}
	doubtful = [key for key, person in said.items() if built.find(key) != person]
	now = as_they_are(doubtful) if doubtful else {}
	return [_entry(key, now.get(key)) for key in doubtful if now.get(key) != built.find(key)]


def _scores(rows: list[Asked], index: Generation, vocabulary: Vocabulary, ruled_out: bool) -> np.ndarray:
	"""Return everybody's score, below nothing for nobody's match."""
	sums = _Sums(len(index), _total(rows))
	for row in rows:
		sums.add(row, weigh(row, index, vocabulary))
	found = np.empty(len(index), np.int8)
	for first in range(0, len(index), _BLOCK):
		some = slice(first, first + _BLOCK)
		found[some] = sums.scores(some, ruled_out)
	found[~np.asarray(index["alive"])] = _NOBODY
	return found


class _Sums:
	"""What the rows count for everybody, added up row by row.

	A row is let go before the next one is weighed: the memory is used again, which the system otherwise gives anew, page by page, for each
	search. The sums are as narrow as they may be, which is what they cost.
	"""

	def __init__(self, people: int, total: int):
		self.total, self.kind = total, np.uint16 if FULL * total <= np.iinfo(np.uint16).max else np.int32
		self.credit, self.part = np.zeros(people, self.kind), np.empty(people, self.kind)
		self.best = np.zeros(people, np.uint8)
		self.lacks, self.unsure = np.zeros(people, bool), np.zeros(people, bool)

	def add(self, row: Asked, one: Weighed) -> None:
		np.multiply(one.credit, self.kind(row.weight), out=self.part, dtype=self.kind)
		self.credit += self.part
		np.maximum(self.best, one.state, out=self.best)
		if row.row.must_have:
			self.lacks |= one.state == MISSING
			self.unsure |= one.state == UNKNOWN

	def scores(self, some: slice, ruled_out: bool) -> np.ndarray:
		"""Return the scores of some people."""
		lacks = self.lacks[some]
		score = engine.rounded(self.credit[some].astype(np.int32), self.total).astype(np.int8)
		np.minimum(score, UNKNOWN_MUST_CAP, out=score, where=self.unsure[some])
		np.minimum(score, RULED_OUT_CAP, out=score, where=lacks)
		nobody = self.best[some] != MET
		if not ruled_out:
			nobody |= lacks
		# all bits of nobody's score are set: that is -1
		score |= -nobody.view(np.int8)
		return score


def _best_rows(
	rows: list[Asked], index: Generation, vocabulary: Vocabulary, scores: np.ndarray, top: int
) -> list[int]:
	"""Return the rows of the best. The score decides first, so that only who may be among them is ranked."""
	few = np.flatnonzero(scores >= _least(scores, top))
	ranks, wanted = _ranks_of(rows, Some(index, few), vocabulary, scores[few]), min(top, len(few))
	best = np.argpartition(ranks, len(few) - wanted)[len(few) - wanted :] if wanted else []
	return [int(few[at]) for at in best]


def _least(scores: np.ndarray, top: int) -> int:
	"""Return the highest score that enough people reach, 0 where fewer match at all."""
	low, high = 0, 100
	while low < high:
		middle = (low + high + 1) // 2
		low, high = (middle, high) if np.count_nonzero(scores >= middle) >= top else (low, middle - 1)
	return low


def _ranks_of(rows: list[Asked], few: Some, vocabulary: Vocabulary, scores: np.ndarray) -> np.ndarray:
	"""Return a number for each of a few people that is the larger the better they fit."""
	closeness, known = np.zeros(len(few), np.int64), np.zeros(len(few), np.int64)
	for row in rows:
		one = weigh(row, few, vocabulary)
		closeness += np.multiply(one.closeness, row.weight, dtype=np.int64)
		known += np.multiply(one.state != UNKNOWN, row.weight, dtype=np.int64)
	confidence = engine.rounded(100 * known, _total(rows))
	score = scores.astype(np.int64) << _SCORE_AT
	found = score | (closeness << _CLOSENESS_AT) | (confidence << _CONFIDENCE_AT)
	return found | (_LAST_KEY - few["key_rank"])


def _total(rows: list[Asked]) -> int:
	return sum(row.weight for row in rows)
