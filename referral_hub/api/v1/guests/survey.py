"""How was it, asked of who was referred: answered once by the link they were sent, and without a name where they wish.

Nothing is kept of who sent an answer and when, so no Idempotency-Key is taken: an answer that was taken is not taken again.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.problems import not_found
from referral_hub.api.contract.shapes import Done, FromText, Shape, Text
from referral_hub.api.v1.guests import door
from referral_hub.api.v1.guests.door import Token
from referral_hub.portal.survey import form
from referral_hub.portal.survey.guest import ROOM, SENT_PER_LINK
from referral_hub.survey import service
from referral_hub.survey.rules import questions as rules
from referral_hub.survey.rules.questions import Role

Rating = Annotated[int, Field(ge=rules.LOWEST, le=rules.HIGHEST)]
Score = Annotated[
	int, Field(ge=rules.LEAST, le=rules.MOST, description="The answer to `first`: 0 not at all, 10 very.")
]
Ratings = Annotated[
	dict[str, Rating], FromText, Field(description="Answers to `asked`, from 1 to 5, by their names.")
]
Themes = Annotated[
	list[str], FromText, Field(max_length=rules.MOST_THEMES, description="Some of `themes`, by their names.")
]
Words = Annotated[str, Field(max_length=rules.LONGEST)]
Anonymous = Annotated[bool, Field(description="Keep neither the referral nor its people nor the day.")]


class Asked(Shape):
	name: str
	words: Text


class Questions(Shape):
	opening: Text
	open_until: date
	first: Text = Field(description="What `score` answers; everything else may be left out.")
	asked: list[Asked]
	themes: list[Asked]


@reads(for_guests=True)
def questions(token: Token) -> Questions:
	"""Return what is asked."""
	return told(_opened(token))


@changes(for_guests=True, is_kept=False, is_private=True)
def answer(
	token: Token,
	score: Score,
	ratings: Ratings | None = None,
	themes: Themes | None = None,
	words: Words = "",
	anonymous: Anonymous = False,
) -> Done:
	"""Answer, once; afterwards the token opens nothing."""
	row = _opened(token)
	door.count_change(f"{ROOM}:sent", row.name, SENT_PER_LINK)
	return keep(row, score, ratings, themes, words, anonymous)


def told(row) -> dict:
	"""Return a question to somebody as plain data, in the reader's language."""
	role, said = Role(row.role), form.asked_words()
	return {
		"opening": row.opening_title,
		"open_until": row.open_until,
		"first": form.first_question(role),
		"asked": [{"name": name, "words": said[name]} for name in rules.ASKED[role]],
		"themes": [{"name": name, "words": words} for name, words in form.themes(role)],
	}


def keep(
	row,
	score: int,
	ratings: dict[str, int] | None,
	themes: list[str] | None,
	words: str,
	is_anonymous: bool,
) -> dict:
	"""Keep an answer; what was not asked of this person is left out. Raises DoesNotExistError where it was answered meanwhile."""
	role = Role(row.role)
	offered = [theme.theme for theme in service.themes_for(role)]
	said = {**(ratings or {}), "score": score, "words": words, "anonymous": "1" if is_anonymous else ""}
	if not service.answer(row.name, rules.read(said, role, offered, themes or [])):
		not_found()
	return {}


def _opened(token: str):
	return door.opened(ROOM, service.opened_by, token)
