"""Links one shares, and invitations by e-mail or text message."""

from datetime import date
from typing import Annotated

from pydantic import Field

from referral_hub.api.contract import caller
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.problems import Refused, not_found
from referral_hub.api.contract.shapes import Done, Moment, Name, Shape, Text
from referral_hub.referrals.errors import ReferralRefused, sentence
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.sharing import invitations, links

Opening = Annotated[str, Field(max_length=140, description="Name of an opening; empty: all openings.")]
Words = Annotated[str, Field(max_length=links.LONGEST_MESSAGE)]


class Link(Shape):
	name: str
	address: str
	channel: str = Field(description="Link, QR or Poster.")
	job_opening: str | None
	message: Text
	works: bool
	expires_on: date | None
	visitors: int
	applications: int


class Invitation(Shape):
	name: str
	referral: str | None
	candidate_name: Text
	stage: Text
	outcome: Text
	invited_on: Moment
	may_send_again: bool


class Sent(Shape):
	sent: bool


@reads
def mine() -> list[Link]:
	"""List the links one shared, with how often they were opened and used."""
	return [_told(row) for row in links.of_employee(caller.employee().name)]


@changes
def make(opening: Opening = "", words: Words = "") -> list[Link]:
	"""Make one's links for an opening, or for all: one to send, one as QR code, one for posters. Those that exist stay."""
	me = caller.employee().name
	_check(opening)
	made = set(links.share(me, opening or None, words.strip()))
	return [_told(row) for row in links.of_employee(me) if row.name in made]


@changes
def change_words(words: Words, opening: Opening = "") -> list[Link]:
	"""Put other words on one's links for an opening, or on those for all; empty takes them away."""
	me = caller.employee().name
	changed = {row.name for row in links.of_employee(me, opening)} or not_found()
	links.change_words(me, opening or None, words.strip())
	return [_told(row) for row in links.of_employee(me) if row.name in changed]


@changes
def switch_off(link: Name) -> Done:
	"""Let a link of one's own lead nowhere any more."""
	links.switch_off(_own(link))
	return {}


@reads
def invited() -> list[Invitation]:
	"""List whom one invited, the newest first."""
	return [_told_invitation(row) for row in links.invitations_of(caller.employee().name)]


@changes
def invite(
	candidate_name: Annotated[str, Field(max_length=140)],
	email: Annotated[str, Field(max_length=254)] = "",
	phone: Annotated[str, Field(max_length=60)] = "",
	opening: Opening = "",
	message: Words = "",
) -> Invitation:
	"""Invite somebody by e-mail or text message to apply with a link of their own."""
	me = caller.employee().name
	_check(opening)
	person = Candidate(candidate_name.strip(), email.strip() or None, phone.strip() or None)
	try:
		link = invitations.invite(me, person, opening or None, message=message.strip())
	except ReferralRefused as refused:
		raise Refused(refused.reason, sentence(refused)) from refused
	return _told_invitation(next(row for row in links.invitations_of(me) if row.name == link.name))


@changes
def invite_again(link: Name) -> Sent:
	"""Send an invitation once more; not sent when it was answered, or is too fresh, or was sent twice."""
	found = _own(link)
	return {"sent": bool(found.referral) and invitations.send_again(found)}


@changes
def take_back(link: Name) -> Done:
	"""Take an invitation back."""
	found = _own(link)
	if not found.referral:
		not_found()
	invitations.cancel(found)
	return {}


def _own(link: str):
	return links.find_own(link, caller.employee().name) or not_found()


def _check(opening: str) -> None:
	if opening and not links.catalogue.find(opening):
		not_found()


def _told(row) -> dict:
	address, works = links.address_of(row.code), row.enabled and not links.is_over(row.expires_on)
	return {**row, "address": address, "works": bool(works), "visitors": row.clicks}


def _told_invitation(row) -> dict:
	return {**row, "invited_on": row.creation, "may_send_again": invitations.may_send_again(row)}
