"""The people of one group, numbered among themselves: weighing them costs what they are, not what everybody is."""

import numpy as np

from referral_hub.matching.index.coding import GROUP
from referral_hub.matching.index.generation import Generation
from referral_hub.matching.rules.profile import Facts


class Group(Generation):
	"""Reads a group out of a generation, and shares all it knows of words."""

	def __init__(self, whole: Generation, name: str):
		self.whole, self.members = whole, whole.rows(GROUP + name)
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
		"""Return where in the group those of these rows stand who are in it: both are sorted, the shorter is looked up in the longer."""
		if len(rows) < len(self.members):
			return _in_both(rows, self.members)[1]
		return _in_both(self.members, rows)[0]

	def facts(self, row: int) -> Facts:
		return self.whole.facts(int(self.members[row]))


def _in_both(few: np.ndarray, many: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
	"""Return where those who stand in both lists stand in the few, and where in the many."""
	if not len(few):
		return np.zeros(0, np.int64), np.zeros(0, np.int64)
	places = np.searchsorted(many, few)
	both = many[np.minimum(places, len(many) - 1)] == few
	return np.flatnonzero(both), places[both]
