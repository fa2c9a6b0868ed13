"""Which records of the pool are one person, where a number is shared: a family, a dormitory, an agency has one for many. Pure.

Two people are told apart as referrals do it (`ownership.are_two_people`), unless HR has said that they are one. Of people who share a
number, somebody of whom no e-mail is known is the one with the same name; without such a one there, where it is sure that several
have it, somebody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from referral_hub.referrals.rules.contacts import same_name
from referral_hub.referrals.rules.ownership import Candidate, are_two_people


@dataclass(frozen=True, slots=True)
class Bearer:
	"""A record that has the e-mail or the number of somebody. `former`: keys of e-mails that HR has said are this person's as well."""

	record: str
	person: Candidate
	email_key: str | None = None
	former: frozenset[str] = frozenset()


def is_another(bearer: Bearer, person: Candidate, email_key: str | None) -> bool:
	return email_key not in bearer.former and are_two_people(bearer.person, person)


def of_one(person: Candidate, email_key: str | None, bearers: Iterable[Bearer]) -> list[str]:
	"""Return the records of this very person, in the order given: none of them is clearly somebody else, or than another of them."""
	left = [bearer for bearer in bearers if not is_another(bearer, person, email_key)]
	sure = [each for each in left if _is_sure(each, person, email_key)]
	if not sure and any(_are_two(one, other) for one in left for other in left):
		return []
	chosen: list[Bearer] = []
	for bearer in [*sure, *(each for each in left if each not in sure)]:
		if not any(_are_two(bearer, other) for other in chosen):
			chosen.append(bearer)
	return [bearer.record for bearer in left if bearer in chosen]


def may_be(person: Candidate, names: Iterable[str], emails: Iterable[str]) -> bool:
	"""Say whether somebody with the same number, who is known by these names and e-mails, may be this very person."""
	known = [Candidate(name, email) for name in names for email in emails]
	return not (known and all(are_two_people(each, person) for each in known))


def _is_sure(bearer: Bearer, person: Candidate, email_key: str | None) -> bool:
	by_email = email_key and email_key in {bearer.email_key, *bearer.former}
	return bool(by_email or same_name(bearer.person.name, person.name))


def _are_two(one: Bearer, other: Bearer) -> bool:
	return is_another(one, other.person, other.email_key) and is_another(other, one.person, one.email_key)
