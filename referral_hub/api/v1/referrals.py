"""Referring somebody, what becomes of it, and questions to HR about it. A referral of somebody else is one that does not exist."""

from datetime import date
from typing import Annotated, Literal

from frappe import _
from pydantic import Field

from referral_hub.api import portal, portal_questions
from referral_hub.api.contract import caller
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.problems import Refused, not_found
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
from referral_hub.portal.forms import questions as asked_form
from referral_hub.portal.forms import refer_form

Short = Annotated[str, Field(max_length=140)]
Email = Annotated[str, Field(max_length=254)]
Phone = Annotated[
	str, Field(max_length=60, description="With its country, or as written where the company is.")
]
Opening = Annotated[str, Field(max_length=140, description="Name of an opening; empty: for whatever fits.")]
Note = Annotated[str, Field(max_length=2000)]
Kind = Literal["Not accepted", "Not credited", "Not paid", "Amount", "Other"]
Answered = Literal["meets", "does not", "don't know"]
Assessment = Annotated[
	dict[str, Answered] | None,
	FromText,
	Field(description="What the referrer thinks of each requirement, by its id."),
]


class Made(Shape):
	referral: str = Field(description="Its number.")
	page: str = Field(description="Address of its page, without the host.")


class ReferredOrAsked(Shape):
	"""One of both."""

	referral: str | None = Field(description="Its number, when nothing stood in its way any more.")
	question: Text = Field(description="The question to HR.")


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
	candidate_name: Short,
	email: Email = "",
	phone: Phone = "",
	opening: Opening = "",
	relation: Short = "",
	note: Note = "",
	assessment: Assessment = None,
) -> Made:
	"""Refer somebody: a name and one of e-mail and phone are needed.

	The resume (PDF, DOC or DOCX) comes as the file `resume` of a multipart form. A refusal says in `fields` what is wrong with which
	field, or in its code why it can't be: nothing is written then.
	"""
	me = caller.employee()
	form = _form(candidate_name, email, phone, opening, relation, note, assessment)
	answer = _done(refer_form.send(form, refer_form.read_resume(), me.name))
	return {"referral": answer.referral, "page": page.address_of(answer.referral)}


@changes(file="resume", is_kept=False)
def ask_about_refusal(
	candidate_name: Short,
	question: Annotated[str, Field(min_length=1, max_length=1000)],
	email: Email = "",
	phone: Phone = "",
	opening: Opening = "",
	relation: Short = "",
	note: Note = "",
	assessment: Assessment = None,
) -> ReferredOrAsked:
	"""Refer somebody once more and, where that is refused for somebody else's sake, ask HR to look at it.

	HR is asked where `refer` said `owned_by_another`, `recent_applicant` or `current_employee`; what is wrong otherwise is told as there. The
	same question, while it is open, is returned again.
	"""
	me = caller.employee()
	form = _form(candidate_name, email, phone, opening, relation, note, assessment)
	answer = refer_form.ask(form, refer_form.read_resume(), me.name, question)
	return answer if answer.question else _done(answer)


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


class AboutRefusal(Shape):
	name: str
	about: Text = Field(description="Which opening; the person is not named.")
	asked_on: Moment
	state_words: Text


class RefusalTold(Question):
	about: Text
	known: Text = Field(description="Why it was refused.")


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


@reads
def refusals() -> list[AboutRefusal]:
	"""List what one asked about referrals that were refused, the newest first."""
	return asked_form.about_refusals(caller.employee().name)


@reads
def refusal(question: Name) -> RefusalTold:
	"""Return one's own question about a referral that was refused, with HR's answer; `settled` and `not_settled` take its name."""
	return asked_form.about_refusal(question, caller.employee().name) or not_found()


@changes
def not_settled(question: Name, words: Annotated[str, Field(max_length=1000)]) -> QuestionState:
	"""Open an answered question again, once."""
	return portal_questions.not_settled(question, words)


@changes
def settled(question: Name) -> QuestionState:
	"""Close an answered question: one is content."""
	return portal_questions.settled(question)


def _form(candidate_name, email, phone, opening, relation, note, assessment):
	typed = {"candidate_name": candidate_name, "email": email, "phone": phone, "opening": opening}
	return refer_form.read({**typed, "relation": relation, "note": note, "assessment": assessment or {}})


def _done(answer: refer_form.Answer) -> refer_form.Answer:
	if not answer.referral:
		raise Refused(answer.reason, answer.problem or _("This referral can't be made"), answer.errors)
	return answer
