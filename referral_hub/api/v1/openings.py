"""What is open, and what a success pays whoever asks."""

from typing import Annotated

from pydantic import Field

from referral_hub.api import portal
from referral_hub.api.contract.operations import reads
from referral_hub.api.contract.shapes import (
	ROWS,
	Amount,
	Limit,
	Moment,
	Name,
	Rows,
	Shape,
	Start,
	Text,
	counted,
)

Word = Annotated[str, Field(max_length=140)]


class Opening(Shape):
	name: str
	job_title: Text
	company: Text
	designation: Text
	department: Text
	location: Text
	employment_type: Text
	posted_on: Moment | None
	vacancies: int | None
	totals: list[Amount] = Field(description="What a success pays whoever asks, by kind.")
	pays: Text = Field(description="The same in words.")


class Promise(Shape):
	milestone: str
	after_months: int
	kind: str
	amount: str
	currency: str | None


class Requirement(Shape):
	row: str = Field(description="Its id, as `referrals.refer` takes answers to it.")
	requirement: Text
	must_have: bool


class Offer(Shape):
	milestones: list[Promise]
	totals: list[Amount] = Field(description="Of a choice, those of the first option.")
	options: dict[str, list[Amount]] = Field(description="Totals by letter, where there is a choice.")
	pays: Text
	why: Text = Field(description="Which rule says so, or why nothing is paid.")
	requirements: list[Requirement]


@reads
def find(
	text: Annotated[str, Field(max_length=200, description="Words in the title, place or description.")] = "",
	department: Word = "",
	designation: Word = "",
	location: Word = "",
	employment_type: Word = "",
	start: Start = 0,
	limit: Limit = ROWS,
) -> Rows[Opening]:
	"""List openings that accept referrals, newest first, each with what a success pays.

	A filter that is empty is none.
	"""
	found = portal.openings(text, department, designation, location, employment_type, start, limit)
	return counted(found["openings"], start, found["total"])


@reads
def offer(opening: Name) -> Offer:
	"""Say what a success at one opening pays: each milestone, the totals, and why."""
	return portal.offer(opening)
