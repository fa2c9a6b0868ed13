"""What needs whoever asks, and what is on its way: what the portal's home page shows, in one answer; the answers to applicants who named one; and
how it was with those one referred."""

from datetime import date
from typing import Annotated

import frappe
from pydantic import Field

from referral_hub.api.contract import caller
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.problems import not_found
from referral_hub.api.contract.shapes import Done, Moment, Name, Shape, Text
from referral_hub.api.v1.community.news import Line as NewsLine
from referral_hub.api.v1.guests import survey
from referral_hub.people.employments import records_of
from referral_hub.points.shop import service as shop
from referral_hub.portal.announcing.news import banners
from referral_hub.portal.feedback import listing as feedback
from referral_hub.portal.requests import listing as requests
from referral_hub.referrals.named import answering
from referral_hub.referrals.showing import reading
from referral_hub.rewards import service as rewards
from referral_hub.survey import service as surveys


class Claim(Shape):
	name: str
	applicant_name: Text
	job_opening: str | None
	lapses_on: date | None


class Request(Shape):
	person_name: Text
	asked_by: Text
	due_on: Moment | date | None
	address: str


class Waiting(Shape):
	question: Text
	topic: Text
	who: Text
	standing: Text
	overdue: bool
	address: str


class ToChoose(Shape):
	referral: str
	candidate_name: Text
	choose_until: date | None = Field(description="The last day; later the option proposed first is taken.")


class Home(Shape):
	open: int
	arrived: int
	closed: int
	balance: int = Field(
		description="What the shop takes: of all their records in the company they work for."
	)
	did_you_refer: list[Claim]
	write_to: list[Request]
	answer: list[Waiting]
	news: list[NewsLine] = Field(description="What HR pinned to the home page.")
	how_was_it: list[str] = Field(description="Referrals of which one is asked how it was.")
	choose: list[ToChoose] = Field(
		description="Referrals whose reward waits for one's choice, the most pressing first."
	)


@reads
def look() -> Home:
	"""Say how many referrals there are, how many points, and what waits for one's answer."""
	me = caller.employee()
	records = records_of(me.name)
	counts = reading.count(me.name, records)
	return {
		"open": counts[reading.ON_THEIR_WAY],
		"arrived": counts[reading.ARRIVED],
		"closed": counts[reading.CLOSED],
		"balance": shop.balance(me.name, me.company),
		"did_you_refer": answering.waiting_for(me.name),
		"write_to": requests.lines(me.name),
		"answer": feedback.waiting(frappe.session.user),
		"news": banners(me.name),
		"how_was_it": [row.referral for row in surveys.waiting_for(me.name)],
		"choose": [{**row, "referral": row.name} for row in rewards.choices_waiting_for(records)],
	}


class Answered(Shape):
	referral: str | None
	refusal: Text = Field(description="Why it does not count, when it does not.")


@changes
def did_refer(
	claim: Name,
	relation: Annotated[str, Field(max_length=140)] = "",
	note: Annotated[str, Field(max_length=2000)] = "",
) -> Answered:
	"""Say yes, one told this applicant about us: they become one's own referral, or why not is told."""
	return answering.confirm(claim, caller.employee().name, relation.strip() or None, note.strip())


@changes
def did_not_refer(claim: Name) -> Done:
	"""Say no, one did not; HR is told."""
	answering.deny(claim, caller.employee().name)
	return {}


class Survey(survey.Questions):
	referral: str
	candidate_name: Text


@reads
def how_was_it() -> list[Survey]:
	"""List one's own referrals that are over and of which one is asked how it was, with the questions."""
	rows = surveys.waiting_for(caller.employee().name)
	return [
		survey.told(row) | {"referral": row.referral, "candidate_name": row.candidate_name} for row in rows
	]


@changes(is_kept=False, is_private=True)
def say_how_it_was(
	referral: Name,
	score: survey.Score,
	ratings: survey.Ratings | None = None,
	themes: survey.Themes | None = None,
	words: survey.Words = "",
	anonymous: survey.Anonymous = False,
) -> Done:
	"""Say how it was with a referral of one's own, once."""
	row = surveys.opened_for(caller.employee().name, referral) or not_found()
	return survey.keep(row, score, ratings, themes, words, anonymous)
