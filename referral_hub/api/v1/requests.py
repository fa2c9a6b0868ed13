"""What HR asks of a colleague: please write to this person of the talent pool. Open until it is answered or over."""

from datetime import date
from typing import Annotated

import frappe
from pydantic import Field

from referral_hub.api.contract import caller
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.problems import not_found
from referral_hub.api.contract.shapes import Done, Moment, Name, Shape, Text
from referral_hub.talent.requests import answering, showing

Words = Annotated[str, Field(min_length=1, max_length=10_000)]
Said = Annotated[str, Field(min_length=1, max_length=1000)]


class Request(Shape):
	name: str
	person_name: Text
	asked_by: Text
	due_on: Moment | date | None


class One(Shape):
	name: str
	person_name: Text
	asked_by: Text
	due_on: Moment | date | None
	subject: Text
	words: Text = Field(description="The draft.")


@reads
def mine() -> list[Request]:
	"""List what waits for one, the first due first."""
	return [_told(row) for row in showing.of(caller.employee().name)]


@reads
def one(request: Name) -> One:
	"""Return a request with its draft; what may be read of the person is on its page."""
	row = showing.find(request, caller.employee().name) or not_found()
	return _told(row) | {"subject": row.subject, "words": row.words}


@changes
def send_mail(
	request: Name, subject: Annotated[str, Field(min_length=1, max_length=140)], words: Words
) -> Done:
	"""Send the person an e-mail with these words."""
	answering.send_mail(request, caller.employee().name, subject, words)
	return {}


@changes
def send_text(request: Name, words: Words) -> Done:
	"""Send the person a text message with these words."""
	answering.send_text(request, caller.employee().name, words)
	return {}


@changes
def wrote_elsewhere(request: Name, words: Words) -> Done:
	"""Keep what one wrote by a way of one's own."""
	answering.keep_copied(request, caller.employee().name, words)
	return {}


@changes
def not_me(request: Name, words: Annotated[str, Field(max_length=1000)] = "") -> Done:
	"""Hand the request back: somebody else should write."""
	answering.not_me(request, caller.employee().name, words)
	return {}


@changes
def knows_better(request: Name, words: Said) -> Done:
	"""Hand the request back: one knows something that makes its message wrong, and says what."""
	answering.knows_better(request, caller.employee().name, words)
	return {}


@changes
def leave_word(request: Name, words: Said) -> Done:
	"""Tell HR something about the person; the request stays open."""
	answering.leave_word(request, caller.employee().name, words)
	return {}


def _told(row) -> dict:
	return {
		"name": row.name,
		"person_name": row.person_name,
		"asked_by": frappe.utils.get_fullname(row.asked_by),
		"due_on": row.due_on,
	}
