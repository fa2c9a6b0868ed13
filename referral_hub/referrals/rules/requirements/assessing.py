"""What an opening asks for, and what a referrer says of somebody against it: meets, does not, don't know.

Pure. Nothing that is said, or left out, ever stands in the way of a referral: what is no answer is dropped.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
	MEETS = "meets"
	DOES_NOT = "does not"
	UNKNOWN = "don't know"


HARD, SOFT = "Hard", "Soft"
SKILL, OTHER = "Skill", "Other"
LIGHTEST, HEAVIEST = 1, 10
MOST = 30
_ANSWERS = frozenset(Answer)


@dataclass(frozen=True)
class Requirement:
	"""One row of an Opening Profile."""

	name: str
	requirement: str
	requirement_zh: str = ""
	kind: str = SKILL
	firmness: str = HARD
	must_have: bool = False
	weight: int = LIGHTEST

	def words(self, language: str) -> str:
		return (language.startswith("zh") and self.requirement_zh) or self.requirement


def kept(answers: Mapping, requirements: Iterable[Requirement]) -> list[dict]:
	"""Return what is kept of the answers, in the order of the rows, with the rows as they stand that day."""
	return [
		{
			"requirement": row.requirement,
			"requirement_zh": row.requirement_zh,
			"kind": row.kind,
			"firmness": row.firmness,
			"must_have": row.must_have,
			"weight": row.weight,
			"answer": answers[row.name],
		}
		for row in requirements
		if answers.get(row.name) in _ANSWERS
	]


def named_twice(texts: Iterable[str]) -> str | None:
	"""Return the first requirement that another row names already."""
	seen: set[str] = set()
	for text in texts:
		if _plain(text) in seen:
			return text
		seen.add(_plain(text))
	return None


def _plain(text: str | None) -> str:
	return " ".join((text or "").casefold().split())
