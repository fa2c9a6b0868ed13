"""Score, level and badges, leaderboards and the wall of thanks. Colleagues are named as on the pages."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.shapes import FURTHEST, Done, Moment, Name, Shape, Text
from referral_hub.api.recognition import portal


class Part(Shape):
	title: Text
	why: Text
	brings: Text


class Level(Shape):
	title: Text
	until: Text
	perks: list[str]


class Ahead(Shape):
	title: Text
	words: Text


class Badge(Shape):
	name: str
	title: Text
	about: Text
	on: date | None
	why: Text
	is_shown: bool


class Gone(Shape):
	title: Text
	gone_on: date | None
	gone_because: Text


class Mine(Shape):
	score: float = Field(description="0 to 100, with one decimal.")
	parts: list[Part]
	level: Level | None
	level_is_shown: bool
	next: Ahead | None
	badges: list[Badge]
	withdrawn: list[Gone]


class Line(Shape):
	place: Text = Field(description="As it is written in the user's language.")
	name: Text
	beside: Text
	value: Text
	is_mine: bool


class Team(Shape):
	name: Text
	people: int
	value: Text
	is_mine: bool


class Board(Shape):
	by: str
	among: str
	period: Text
	lines: list[Line]
	my_place: Text = Field(description="Where one stands further down than the lines go; else empty.")
	mine: Text
	teams: list[Team] | None


class Winner(Shape):
	who: Text
	prize: Text
	draw: Text
	drawn_on: Moment | None


class Thanked(Shape):
	name: Text
	beside: Text
	words: list[str]
	month: Text
	is_mine: bool


class Wall(Shape):
	thanks: Literal["Yes", "No", ""]
	incognito: bool
	period: Text
	best: list[Line]
	winners: list[Winner]
	entries: list[Thanked]
	page: int
	pages: int


@reads
def mine() -> Mine:
	"""Say one's own score, level and badges, and what they come from."""
	return portal.recognition()


@changes
def show_level(show: bool) -> Done:
	"""Let colleagues see one's level, or hide it from them."""
	portal.show_level(show)
	return {}


@changes
def show_badge(badge: Name, show: bool) -> Done:
	"""Let colleagues see a badge of one's own, or hide it from them."""
	portal.show_badge(badge, show)
	return {}


@reads
def leaderboard(
	length: Literal["Month", "Quarter", "Year"] = "Quarter",
	by: Literal["score", "hires", "points"] = "score",
	among: Literal["company", "department", "teams"] = "company",
	before: Annotated[bool, Field(description="The period before the one that runs.")] = False,
) -> Board:
	"""Say who refers best; points are compared only where HR lets them be."""
	return portal.leaderboard(length, by, among, before)


@reads
def wall(page: Annotated[int, Field(ge=1, le=FURTHEST)] = 1) -> Wall:
	"""Return the wall of thanks, 20 entries a page, the newest first."""
	return portal.wall_of_thanks(page)


@changes
def thank_me(yes: bool) -> Done:
	"""Say whether one may be thanked on the wall."""
	portal.thank_me(yes)
	return {}
