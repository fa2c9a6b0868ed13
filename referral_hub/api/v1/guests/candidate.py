"""Who was referred: where they stand, what is held about them, and what they may do about it."""

from datetime import date
from typing import Annotated, NoReturn

import frappe
from frappe import _
from pydantic import Field

from referral_hub import flow
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.problems import Refused
from referral_hub.api.contract.shapes import Done, Moment, Name, Shape, Text
from referral_hub.api.v1.guests import door
from referral_hub.api.v1.guests.door import Consent, Left, Token
from referral_hub.portal.guests import candidate_words, notices, pace
from referral_hub.portal.guests.candidate import CHANGES_PER_TOKEN, LONGEST, remember_language
from referral_hub.referrals.assessing import assessments
from referral_hub.referrals.closing import NotOpen
from referral_hub.referrals.consent import answering, correcting, held, leaving, people
from referral_hub.referrals.errors import ReferralRefused
from referral_hub.referrals.rules import consent as rules
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.ownership import Candidate

Typed = Annotated[str, Field(max_length=LONGEST)]


class Agreement(Shape):
	state: Text
	answered_on: Moment | None
	words: Text
	taken_back_on: Moment | None


class Result(Shape):
	test: Text
	agreed_on: Moment | None
	score: Text
	result: Text
	taken_on: date | None


class Reason(Shape):
	reason: str
	words: Text


class Test(Shape):
	name: str
	title: Text
	purpose: Text
	link: Text
	agreed_on: Moment | None
	result: Text


class Standing(Shape):
	number: str
	company: Text
	position: Text
	recommended_by: Text
	recommended_on: Moment | None
	name: Text
	email: Text
	phone: Text
	resume: list[str] = Field(description="Names of the files.")
	where_i_stand: Text
	what_comes_next: Text
	next_interview_on: Moment | None
	agreement: Agreement
	test_results: list[Result]
	deletion_asked_on: Moment | None
	deletion_until: date | None
	is_asked: bool = Field(description="Whether they agree to be referred is still to be answered.")
	may_correct: bool
	may_withdraw: bool
	may_delete: bool
	consent: Text = Field(description="What is agreed to, while it is asked.")
	notice: Text = Field(description="The privacy notice.")
	reasons: list[Reason] = Field(description="What may be said when one withdraws.")
	tests: list[Test]
	result_consent: Text = Field(description="What is agreed to when the result of a test is kept.")


@reads(for_guests=True)
def see(token: Token) -> Standing:
	"""Say where one stands, what is held, and what one may do."""
	row = _opened(token)
	said, may = candidate_words.standing(row), _may(row)
	return {
		**held.about(row, said.title),
		**may,
		"what_comes_next": said.next,
		"consent": _consent(row) if may["is_asked"] else "",
		"notice": notices.privacy_text(row.company),
		"reasons": [
			{"reason": each.name, "words": candidate_words.reason(each)} for each in leaving.reasons()
		],
		"tests": [] if may["is_asked"] else _tests(row, may["may_withdraw"]),
		"result_consent": candidate_words.result_sentence(row.company),
	}


@changes(for_guests=True)
def agree(token: Token, consent: Consent) -> Done:
	"""Agree to be referred, in the words that `see` returns; a recruiter reads the profile from then on."""
	row = _opened(token, to_change=True)
	try:
		answering.agree(row.name, door.agreed_to(consent, _consent(row)))
	except ReferralRefused:  # the reason may be about somebody else
		_not_here()
	_remember_language(row)
	return {}


@changes(for_guests=True)
def refuse(token: Token) -> Done:
	"""Say no to being referred: what is held is deleted at once, and nobody refers one again for some months."""
	if not answering.refuse(_opened(token, to_change=True).name):
		_not_here()
	return {}


@changes(for_guests=True)
def correct(token: Token, candidate_name: Typed, email: Typed = "", phone: Typed = "") -> Done:
	"""Put these in the place of name, e-mail and phone; one of the last two is needed."""
	row = _opened(token, to_change=True)
	if not _may(row)["may_correct"]:
		_not_here()
	pace.even_out()
	try:
		typed = Candidate(candidate_name.strip(), email.strip() or None, phone.strip() or None)
		correcting.correct(row.name, typed)
	except NotOpen:  # it names what HR decided
		_not_here()
	except ReferralRefused as refused:
		if wrong := candidate_words.wrong_with(refused):
			raise Refused(refused.reason, _("Some of what was sent can't be read."), wrong) from None
		_not_here()
	_remember_language(row)
	return {}


@changes(for_guests=True)
def withdraw(
	token: Token, reason: Annotated[str, Field(max_length=140, description="One of `reasons`.")] = ""
) -> Done:
	"""Do not go on with the application."""
	row = _opened(token, to_change=True)
	if not leaving.withdraw(row.name, reason or None):
		_not_here()
	return {}


@changes(for_guests=True)
def delete(token: Token) -> Left:
	"""Have deleted what is held: at once where HR has no application, else HR has some days."""
	flow.ask_for_deletion(_opened(token, to_change=True).name)
	return _left(token)


@changes(for_guests=True)
def take_back(token: Token) -> Left:
	"""Take back that one agreed, and have deleted what is held; the words agreed to stay as proof."""
	flow.take_back_consent(_opened(token, to_change=True).name)
	return _left(token)


@changes(for_guests=True)
def keep_result(token: Token, test: Name, consent: Consent) -> Done:
	"""Agree that the result of a test is kept with the application, in the words of `result_consent`."""
	row = _opened(token, to_change=True)
	may = _may(row)
	words = door.agreed_to(consent, candidate_words.result_sentence(row.company))
	if not may["may_withdraw"] or may["is_asked"] or not assessments.agree(row, test, words):
		_not_here()
	return {}


@changes(for_guests=True)
def forget_result(token: Token, test: Name) -> Done:
	"""Have the result of a test forgotten."""
	assessments.take_back(_opened(token, to_change=True).name, test)
	return {}


def _opened(token: str, to_change: bool = False):
	row = door.opened("candidate", people.opened_by, token)
	if to_change:
		door.count_change("candidate:change", row.name, CHANGES_PER_TOKEN)
	return row


def _may(row) -> dict[str, bool]:
	is_open, is_asked = row.outcome == Outcome.OPEN, row.consent_state == rules.Consent.ASKED
	return {
		"is_asked": is_asked,
		"may_correct": is_open and not row.erasure_asked_on and not is_asked,
		"may_withdraw": is_open,
		"may_delete": not row.erasure_asked_on,
	}


def _consent(row) -> str:
	return notices.consent_of_referred_text(row.company, row.referrer_name)


def _tests(row, is_open: bool) -> list:
	"""What was agreed to can be taken back when the application is over, too."""
	return [each for each in assessments.shown(row) if is_open or each.agreed_on]


def _left(token: str) -> dict:
	return {"forgotten": people.opened_by(token) is None}


def _remember_language(row) -> None:
	"""A program that does not say in which language it asks says nothing of the candidate's."""
	if frappe.get_request_header("Accept-Language"):
		remember_language(row)


def _not_here() -> NoReturn:
	raise Refused("not_possible", candidate_words.not_here())
