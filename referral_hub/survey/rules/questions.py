"""What is asked of whom, and what of a form is an answer. Pure.

The first question, from 0 to 10, makes the score of the report (`insights.rules.satisfaction`); the others are said from 1 to 5 and may be
left out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEAST, MOST = 0, 10
LOWEST, HIGHEST = 1, 5
MOST_THEMES = 5
# characters
LONGEST = 1000


class Role(StrEnum):
	REFERRER = "Referrer"
	CANDIDATE = "Candidate"


# what each is asked, by the fields of the response
ASKED = {
	Role.REFERRER: ("informed", "easy", "fair"),
	Role.CANDIDATE: ("respectful", "clear", "fast"),
}
ALL_ASKED = tuple(question for questions in ASKED.values() for question in questions)


class NoAnswer(ValueError):
	"""The one question that makes an answer was left out, or answered with what is no choice."""


@dataclass(frozen=True, slots=True)
class Answer:
	score: int
	ratings: dict[str, int]
	themes: tuple[str, ...] = ()
	words: str = ""
	is_anonymous: bool = False


def read(form: Mapping, role: Role, themes: Collection[str], chosen: Collection[str] = ()) -> Answer:
	"""Return the answer a form holds; what nobody could have chosen is left out.

	:param form: what was sent: `score`, the questions of the role, `words`, `anonymous`
	:param themes: those that are offered; `chosen`: those that were ticked
	Raises NoAnswer where the score is missing.
	"""
	score = whole(form.get("score"))
	if score is None or not LEAST <= score <= MOST:
		raise NoAnswer
	said = {question: whole(form.get(question)) for question in ASKED[role]}
	return Answer(
		score,
		{question: value for question, value in said.items() if value and LOWEST <= value <= HIGHEST},
		tuple(theme for theme in themes if theme in set(chosen))[:MOST_THEMES],
		str(form.get("words") or "").strip()[:LONGEST],
		str(form.get("anonymous") or "") == "1",
	)


def whole(value: object) -> int | None:
	text = str(value if value is not None else "").strip()
	return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None


def first_of_month(day: date) -> date:
	"""Return all that an anonymous answer keeps of the day it was given on."""
	return day.replace(day=1)
