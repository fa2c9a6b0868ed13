"""What HR announced about referring to whoever asks, the newest first. That one was opened is counted for HR, without a name."""

import frappe
from pydantic import Field

from referral_hub.announcing import reading
from referral_hub.announcing.rules.paragraphs import plain
from referral_hub.api.contract import caller
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.problems import not_found
from referral_hub.api.contract.shapes import (
	ROWS,
	Done,
	Limit,
	Moment,
	Name,
	Rows,
	Shape,
	Start,
	Text,
	counted,
)
from referral_hub.portal import richtext, words
from referral_hub.portal.announcing import news as told
from referral_hub.portal.announcing import offers


class Line(Shape):
	name: str
	title: Text
	lead: Text = Field(description="How it begins.")
	picture: Text = Field(description="Address of a picture, without the host.")
	out_on: Moment | None
	is_over: bool


class Opening(Shape):
	name: str
	job_title: Text
	company: Text
	location: Text
	pays: Text = Field(description="What a success pays whoever asks.")


class One(Shape):
	name: str
	title: Text
	words: Text = Field(description="The whole text without its markup.")
	html: Text = Field(description="The whole text as HTML with plain tags alone.")
	picture: Text
	out_on: Moment | None
	ends_on: Moment | None
	is_over: bool
	openings: list[Opening] = Field(description="What it is about and still takes referrals.")


@reads
def find(start: Start = 0, limit: Limit = ROWS) -> Rows[Line]:
	"""List what was announced to one."""
	rows = reading.of(caller.employee().name)
	return counted([told.line(row) for row in rows[start : start + limit]], start, len(rows))


@reads
def on_home() -> list[Line]:
	"""List what HR pinned to one's home page, until it is over or put away."""
	return told.banners(caller.employee().name)


@reads
def one(news: Name) -> One:
	"""Return one announcement, with what its openings pay."""
	me = caller.employee().name
	row = _own(news, me)
	text = words.in_language(row, "text")
	return {
		**row,
		"title": words.in_language(row, "title"),
		"words": plain(text).strip(),
		"html": richtext.clean(text),
		"openings": [] if row.is_over else [_opening(each) for each in offers.cards_of(row.openings, me)],
	}


@changes
def opened(news: Name) -> Done:
	"""Say that one has read an announcement."""
	me = caller.employee().name
	reading.mark(_own(news, me).name, me, reading.OPENED)
	return {}


@changes
def followed(news: Name, opening: Name) -> Done:
	"""Say that one looks at an opening an announcement is about."""
	me = caller.employee().name
	row = _own(news, me)
	if opening not in row.openings:
		not_found()
	reading.mark(row.name, me, reading.FOLLOWED)
	return {}


@changes
def put_away(news: Name) -> Done:
	"""Take an announcement off one's home page; it stays in the list."""
	me = caller.employee().name
	reading.mark(_own(news, me).name, me, reading.PUT_AWAY)
	return {}


@changes
def put_back(news: Name) -> Done:
	"""Show an announcement on one's home page again that one put away."""
	me = caller.employee().name
	reading.put_back(_own(news, me).name, me)
	return {}


def _own(name: str, me: str) -> frappe._dict:
	return reading.one(name, me) or not_found()


def _opening(row) -> dict:
	return {**row, "pays": row.offer.words}
