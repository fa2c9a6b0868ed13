"""The referrers' club: whether one is in it, its events, and whether one comes. Where HR has no club nothing is found."""

from typing import Literal

from pydantic import Field

from referral_hub.announcing.club import events, members
from referral_hub.announcing.rules.club import DECLINED, GOING, LEFT, MEMBER, NO, WAITING
from referral_hub.announcing.rules.paragraphs import plain
from referral_hub.api.contract import caller
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.problems import not_found
from referral_hub.api.contract.shapes import Moment, Name, Shape, Text
from referral_hub.portal.announcing import club

Membership = Literal[MEMBER, NO, LEFT]


class Event(Shape):
	name: str
	title: Text
	about: Text = Field(description="Without its markup.")
	starts_on: Moment
	ends_on: Moment | None
	place: Text
	seat: Text = Field(description=f"{GOING}, {WAITING} or {DECLINED}; empty until one answers.")
	left: int | None = Field(description="Seats that are free; null where there is no limit.")
	is_off: bool = Field(description="It was called off.")


class Standing(Shape):
	membership: Text = Field(description="Invited, Member, Declined or Left; empty before one is invited.")
	how_to_get_in: list[str] = Field(description="One of these is enough to be invited.")
	events: list[Event] = Field(description="Those to come, for members alone.")


class Chosen(Shape):
	membership: str


class Answered(Shape):
	seat: str


@reads
def mine() -> Standing:
	"""Say whether one is in the club, and list its events to come."""
	me = _me()
	state = _membership(me)
	found = events.of(me) if state == MEMBER else []
	return {
		"membership": state,
		"how_to_get_in": club.how(),
		"events": [
			{**club.told(row), "about": plain(club.told(row).about).strip(), "ends_on": row.ends_on}
			for row in found
		],
	}


@changes
def choose(membership: Membership) -> Chosen:
	"""Join, decline an invitation, or leave; who leaves gives their seats back."""
	me = _me()
	club.choose(me, membership)
	return {"membership": _membership(me)}


@changes
def answer(event: Name, comes: bool) -> Answered:
	"""Say whether one comes; when all seats are taken a yes waits and moves up."""
	return {"seat": events.answer(event, _me(), comes)}


def _me() -> str:
	me = caller.employee().name
	return me if members.is_on() else not_found()


def _membership(me: str) -> str:
	found = members.of(me)
	return found.state if found else ""
