"""The door of the guests' part: a token opens what its link opens, as often as the page of the link, and counted together with it.

A token that is expired, revoked, misspelled or made up is answered alike.
"""

from collections.abc import Callable
from typing import Annotated

import frappe
from frappe import _
from pydantic import Field

from referral_hub import limits
from referral_hub.api.contract.problems import Refused, not_found
from referral_hub.api.contract.shapes import Shape
from referral_hub.portal.guests import entrance

Token = Annotated[
	str, Field(min_length=1, max_length=140, description="What stands last in the link somebody was sent.")
]
# a whole privacy notice of HR's own is part of what is agreed to
Consent = Annotated[
	str, Field(min_length=1, max_length=100_000, description="The words agreed to, as they were returned.")
]


class Left(Shape):
	forgotten: bool = Field(description="True: nothing is held any more. False: HR deletes it in some days.")


def opened(room: str, opened_by: Callable[[object], frappe._dict | None], token: str) -> frappe._dict:
	"""Return what a token opens. Raises DoesNotExistError, TooOften."""
	return entrance.let_in(room, opened_by, token) or not_found()


def count_change(what: str, subject: str, most: int) -> None:
	"""Count one more change of something; raise TooOften beyond so many in an hour."""
	if not limits.within(what, subject, most):
		raise entrance.TooOften(_("That was often in a short time. Please send it again in an hour."))


def agreed_to(consent: str, words: str) -> str:
	"""Return the words that are kept as proof; refuse where others were read, in another language or before they changed."""
	if consent != words:
		raise Refused("other_words", words)
	return words
