"""Which records of the pool are one person, where a number is shared: a family, a dormitory, an agency has one for many. Pure.

Two people are told apart as referrals do it (`ownership.are_two_people`), unless HR has said that they are one. Of people who share a
number, somebody of whom no e-mail is known is the one with the same name; without such a one there, where it is sure that several
have it, somebody else.

A contact that was somebody's once may be another's by now: numbers are given out again. What it weighs:

| what they come with | it is the same record |
|---|---|
| an e-mail of today, or a contact of which HR has said that it is theirs | yes |
| a number of today | unless name and e-mail are somebody else's; an e-mail that was theirs once is theirs |
| a former e-mail and a former number | yes |
| a former e-mail, or a former number, alone | with the same name; else HR is asked, unless it is a number and name and e-mail differ |
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from referral_hub.referrals.rules.contacts import email_key as mailbox_of
from referral_hub.referrals.rules.contacts import same_name, widest_email_key
from referral_hub.referrals.rules.ownership import EMAIL, Candidate, are_two_people


class By(Enum):
	"""By what a record is known: a contact of today (or as good as one), or one that was its person's once."""

	NOW = 1
	FORMER_EMAIL = 2
	FORMER_NUMBER = 3


def by_former(kinds: Collection[str], is_confirmed: bool) -> By:
	"""Return what former contacts of one record weigh together. `kinds`: of the contacts, `EMAIL` or `PHONE`."""
	if is_confirmed or len(set(kinds)) > 1:
		return By.NOW
	return By.FORMER_EMAIL if EMAIL in kinds else By.FORMER_NUMBER


@dataclass(frozen=True, slots=True)
class Bearer:
	"""A record that has the e-mail or the number of somebody. `former`: keys of e-mails that were this person's as well."""

	record: str
	person: Candidate
	email_key: str | None = None
	former: frozenset[str] = frozenset()
	by: By = By.NOW


def is_another(bearer: Bearer, person: Candidate, email_key: str | None) -> bool:
	return email_key not in bearer.former and are_two_people(bearer.person, person)


def of_one(person: Candidate, email_key: str | None, bearers: Iterable[Bearer]) -> list[str]:
	"""Return the records of this very person, in the order given: none of them is clearly somebody else, or than another of them."""
	known = [each for each in bearers if each.by is By.NOW or _is_named(each, person)]
	left = [bearer for bearer in known if not is_another(bearer, person, email_key)]
	sure = [each for each in left if _is_sure(each, person, email_key)]
	if not sure and any(_are_two(one, other) for one in left for other in left):
		return []
	chosen: list[Bearer] = []
	# an e-mail is the key of one record: that one is among them whatever else is found, then come contacts of today
	sure.sort(key=lambda each: (each.email_key != email_key if email_key else True, each.by is not By.NOW))
	for bearer in [*sure, *(each for each in left if each not in sure)]:
		if not any(_are_two(bearer, other) for other in chosen):
			chosen.append(bearer)
	return [bearer.record for bearer in left if bearer in chosen]


def may_be_again(person: Candidate, email_key: str | None, bearers: Iterable[Bearer]) -> bool:
	"""Say whether somebody, under another name, may be a person who had their e-mail or number before: HR is asked."""
	once = [each for each in bearers if each.by is not By.NOW and not _is_named(each, person)]
	return any(each.by is By.FORMER_EMAIL or not is_another(each, person, email_key) for each in once)


def may_be(person: Candidate, names: Iterable[str], emails: Iterable[str]) -> bool:
	"""Say whether somebody with the same number, who is known by these names and e-mails, may be this very person."""
	known = [Candidate(name, email) for name in names for email in emails]
	return not (known and all(are_two_people(each, person) for each in known))


def _is_sure(bearer: Bearer, person: Candidate, email_key: str | None) -> bool:
	by_email = email_key and email_key in {bearer.email_key, *bearer.former}
	return bool(by_email or _is_named(bearer, person))


def _is_named(bearer: Bearer, person: Candidate) -> bool:
	return same_name(bearer.person.name, person.name)


def _are_two(one: Bearer, other: Bearer) -> bool:
	return is_another(one, other.person, other.email_key) and is_another(other, one.person, one.email_key)


# two people who stand in one record are told apart by HR


@dataclass(frozen=True, slots=True)
class Side:
	"""One of the two: the names they are written under, their e-mails and their numbers, numbers in their normal form."""

	names: frozenset[str]
	emails: frozenset[str]
	phones: frozenset[str]


class NotApart(ValueError):
	"""What was chosen leaves no two people; `why`: "goes", "stays" (without any contact), "email", "phone"; `contact`: which of those two."""

	def __init__(self, why: str, contact: str = ""):
		super().__init__(why)
		self.why, self.contact = why, contact


def check_apart(stays: Side, goes: Side) -> None:
	"""Refuse what the next look at their applications would put together again."""
	for why, side in (("goes", goes), ("stays", stays)):
		if not (side.emails or side.phones):
			raise NotApart(why)
	mailboxes = {mailbox_of(email) for email in stays.emails}
	for contact in sorted(goes.emails):
		if mailbox_of(contact) in mailboxes:
			raise NotApart("email", contact)
	for contact in sorted(stays.phones & goes.phones):
		if not _may_share_a_number(stays, goes):
			raise NotApart("phone", contact)


def _may_share_a_number(one: Side, other: Side) -> bool:
	mailboxes = [{widest_email_key(email) for email in side.emails} for side in (one, other)]
	if not all(mailboxes) or mailboxes[0] & mailboxes[1]:
		return False
	return not _have_one_name(one.names, other.names)


def _have_one_name(names: Iterable[str], others: Iterable[str]) -> bool:
	others = list(others)
	return any(same_name(name, other) for name in names for other in others)
