"""Referring somebody, what becomes of it, and questions to HR about it. A referral of somebody else is one that does not exist."""

from datetime import date
from typing import Annotated, Literal

from frappe import _
from pydantic import Field

from referral_hub.api import portal, portal_questions
from referral_hub.api.contract import caller
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.problems import Refused
from referral_hub.api.contract.shapes import (
	ROWS,
	FromText,
	Limit,
	Moment,
	Name,
	Rows,
	Shape,
	Start,
	Text,
	counted,
)
from referral_hub.portal import page
from referral_hub.portal.forms import refer_form

Kind = Literal["Not accepted", "Not credited", "Not paid", "Amount", "Other"]
Answered = Literal["meets", "does not", "don't know"]


class Made(Shape):
	referral: str = Field(description="Its number.")
	page: str = Field(description="Address of its page, without the host.")


class Referral(Shape):
	name: str
	candidate_name: Text
	job_opening: str | None
	opening_title: Text
	submitted_on: Moment | None
	stage: str
	outcome: Text
	stage_changed_on: Moment | None
	next_interview_on: Moment | None
	next_step: Text
	reached: int = Field(description="How many of five steps it has come.")
	earned: Text
	possible: Text


class Entry(Shape):
	text: Text
	when: Text
	reason: Text
	hint: Text


class Ahead(Shape):
	text: Text
	pays: Text
	when: Text


class Reward(Shape):
	what: Text
	amount: Text
	state: Text
	note: Text
	why: Text = Field(description="The rule, its version and how the amount comes about.")


class Option(Shape):
	option: str
	words: Text
	because: Text
	is_chosen: bool


class Choice(Shape):
	options: list[Option]
	fixed: bool = Field(description="Something of it was paid: it can't be changed any more.")
	until: Text
	made: bool


class Told(Shape):
	referral: Referral
	timeline: list[Entry] = Field(description="What happened, newest first.")
	ahead: list[Ahead]
	rewards: list[Reward]
	choice: Choice | None


class Chosen(Shape):
	choice: Choice


@changes(file="resume")
def refer(
	candidate_name: Annotated[str, Field(max_length=140)],
	email: Annotated[str, Field(max_length=254)] = "",
	phone: Annotated[
		str, Field(max_length=60, description="With its country, or as written where the company is.")
	] = "",
	opening: Annotated[
		str, Field(max_length=140, description="Name of an opening; empty: for whatever fits.")
	] = "",
	relation: Annotated[str, Field(max_length=140)] = "",
	note: Annotated[str, Field(max_length=2000)] = "",
	assessment: Annotated[
		dict[str, Answered] | None,
		FromText,
		Field(description="What the referrer thinks of each requirement, by its id."),
	] = None,
) -> Made:
	"""Refer somebody: a name and one of e-mail and phone are needed.

	The resume (PDF, DOC or DOCX) comes as the file `resume` of a multipart form. A refusal says in `fields` what is wrong with which
	field, or in its code why it can't be: nothing is written then.
	"""
	me = caller.employee()
	form = refer_form.read(
		{
			"candidate_name": candidate_name,
			"email": email,
			"phone": phone,
			"opening": opening,
			"relation": relation,
			"note": note,
			"assessment": assessment or {},
		}
	)
	answer = refer_form.send(form, refer_form.read_resume(), me.name)
	if not answer.referral:
		raise Refused(answer.reason, answer.problem or _("This referral can't be made"), answer.errors)
	return {"referral": answer.referral, "page": page.address_of(answer.referral)}


@reads
def mine(start: Start = 0, limit: Limit = ROWS) -> Rows[Referral]:
	"""List one's own referrals: those on their way first, what moved last first."""
	found = portal.my_referrals(start, limit)
	return counted(found["referrals"], start, found["open"] + found["arrived"] + found["closed"])


@reads
def one(referral: Name) -> Told:
	"""Say of one's own referral where it is, what happened, what lies ahead, each reward and why."""
	return portal.referral(referral)


@changes
def choose_reward(
	referral: Name, option: Annotated[str, Field(max_length=1, description="A letter.")]
) -> Chosen:
	"""Choose an option of a reward that offers a choice; until something of it is paid it can be changed."""
	return portal.choose_reward(referral, option)


class Known(Shape):
	title: Text
	text: Text


class Question(Shape):
	name: str
	kind: Text
	question: Text
	state: Literal["Open", "Answered", "Closed"]
	state_words: Text
	answer: Text
	may_ask_again: bool


class Questions(Shape):
	known: list[Known] = Field(description="What is explained without asking.")
	questions: list[Question]


class Asked(Shape):
	question: str
	due_on: date | None


class QuestionState(Shape):
	state: Literal["Open", "Answered", "Closed"]


@reads
def questions(referral: Name) -> Questions:
	"""Say what is known about a referral and list one's own questions about it."""
	return portal_questions.my_questions(referral)


@changes
def ask(
	referral: Name,
	kind: Kind,
	question: Annotated[str, Field(max_length=1000)],
	reward: Annotated[
		str | None, Field(max_length=140, description="Name of a reward of this referral.")
	] = None,
) -> Asked:
	"""Ask HR; the same question, while it is open, is returned again."""
	return portal_questions.ask(referral, kind, question, reward)


@changes
def not_settled(question: Name, words: Annotated[str, Field(max_length=1000)]) -> QuestionState:
	"""Open an answered question again, once."""
	return portal_questions.not_settled(question, words)


@changes
def settled(question: Name) -> QuestionState:
	"""Close an answered question: one is content."""
	return portal_questions.settled(question)
