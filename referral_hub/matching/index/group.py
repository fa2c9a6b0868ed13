"""Some people, such as those of one group, numbered among themselves: weighing them costs what they are, not what everybody is."""

import numpy as np

from referral_hub.matching.index.coding import GROUP
from referral_hub.matching.index.generation import Generation
from referral_hub.matching.rules.profile import Facts


class Some(Generation):
	"""Reads some people, by their rows, out of a generation, and shares all it knows of words."""

	def __init__(self, whole: Generation, members: np.ndarray):
		self.whole, self.members = whole, members
		self.folder, self.tokens, self.currencies = whole.folder, whole.tokens, whole.currencies
		self.arrays: dict[str, np.ndarray] = {}
		self._found = whole._found

	def __getitem__(self, name: str) -> np.ndarray:
		"""Return a column of figures of these people."""
		if name not in self.arrays:
			self.arrays[name] = self.whole[name][self.members]
		return self.arrays[name]

	def __len__(self) -> int:
		return len(self.members)

	@property
	def numbers(self) -> dict[str, int]:
		return self.whole.numbers

	@property
	def _terms(self) -> dict[str, list[int]]:
		return self.whole._terms

	def _rows_of(self, number: int) -> np.ndarray:
		return self.places_of(self.whole._rows_of(number))

	def places_of(self, rows: np.ndarray) -> np.ndarray:
		"""Return where among the members those of these rows stand who are among them: both are sorted, the shorter is looked up in the longer."""
		if len(rows) < len(self.members):
			return _in_both(rows, self.members)[1]
		return _in_both(self.members, rows)[0]

	def facts(self, row: int) -> Facts:
		return self.whole.facts(int(self.members[row]))


def of_group(whole: Generation, name: str) -> Some:
	return Some(whole, whole.rows(GROUP + name))


def _in_both(few: np.ndarray, many: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
	"""Return where those who stand in both lists stand in the few, and where in the many."""
	if not len(few):
		return np.zeros(0, np.int64), np.zeros(0, np.int64)
	places = np.searchsorted(many, few)
	both = many[np.minimum(places, len(many) - 1)] == few
	return np.flatnonzero(both), places[both]
