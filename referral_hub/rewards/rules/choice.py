"""In which order the options of a choice are shown to an employee, and why. Pure.

What the employee chose before counts most, then what most colleagues of the same grade chose, then those with the same
designation; else the order of the rule. An option is known by the kinds it pays, so that rules can be compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

OWN, GRADE, JOB, AS_WRITTEN = "own", "grade", "job", ""
FEWEST_COLLEAGUES = 5


@dataclass(frozen=True)
class Taste:
	"""How often each mix of kinds was chosen: by the employee, by colleagues of the same grade, of the same job."""

	own: Mapping[str, int] = field(default_factory=dict)
	grade: Mapping[str, int] = field(default_factory=dict)
	job: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
	option: str
	because: str = AS_WRITTEN


def mix_of(kinds: Iterable[str]) -> str:
	"""Return the name under which choices of the same kinds are counted together."""
	return " + ".join(sorted(set(kinds)))


def propose(mixes: Mapping[str, str], taste: Taste) -> list[Proposal]:
	"""Order options (letter -> mix), the best one first, with the reason that put an option before others."""
	sources = [(OWN, taste.own), (GRADE, _if_many(taste.grade)), (JOB, _if_many(taste.job))]
	letters = sorted(
		mixes, key=lambda letter: (*(-chosen.get(mixes[letter], 0) for _, chosen in sources), letter)
	)
	return [Proposal(letter, _because(letter, mixes, sources)) for letter in letters]


def _because(letter: str, mixes: Mapping[str, str], sources) -> str:
	"""The first source that tells this option from a less chosen one; none for those that nobody prefers."""
	for reason, chosen in sources:
		mine = chosen.get(mixes[letter], 0)
		if mine and mine > min(chosen.get(mix, 0) for mix in mixes.values()):
			return reason
	return AS_WRITTEN


def _if_many(chosen: Mapping[str, int]) -> Mapping[str, int]:
	"""Few choices would tell who chose what."""
	return chosen if sum(chosen.values()) >= FEWEST_COLLEAGUES else {}
