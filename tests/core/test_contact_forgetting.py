"""Whose contact somebody who is forgotten is: by an address, by a number and the name, never by a number that is somebody else's."""

import pytest

from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.contacts.forgetting import Forgotten, is_of, may_be_one

OWN, SHARED = "+8613912348765", "+861062345678"
MAIL = "zhou.qiwen@example.com"


def person(*emails: str) -> Forgotten:
	"""Somebody with a number of their own and one of an office; another has neither their name nor their address."""
	return Forgotten(
		frozenset({"Zhou Qiwen"}),
		frozenset(emails),
		frozenset({OWN}),
		frozenset({SHARED}),
		lambda name, email: name != "Zhou Qiwen" and email != MAIL,
	)


@pytest.mark.parametrize(
	("name", "emails", "phones", "theirs"),
	[
		("Somebody", (MAIL.upper(),), (), True),
		("zhou  qiwen", (), (SHARED,), True),
		("Q. Zhou", (), (SHARED,), False),
		("Q. Zhou", (), (OWN,), True),
		("周启文", (), (OWN,), True),
		("Wang Bo", (), (OWN,), False),
		("Wang Bo", ("wang.bo@example.com",), (OWN,), False),
		("Q. Zhou", ("wang.bo@example.com",), (OWN,), False),
	],
)
def test_a_contact_is_somebody_s_by_address_or_by_number_and_name(name, emails, phones, theirs):
	assert is_of(Contact(name, emails, phones), person(MAIL)) is theirs


def test_of_somebody_without_an_address_a_number_is_theirs_under_a_name_like_theirs():
	mails = ("somebody@example.com",)
	found = [is_of(Contact(name, mails, (OWN,)), person()) for name in ("Zhou Qiwen", "Q. Zhou", "Wang Bo")]
	assert found == [True, True, False]


@pytest.mark.parametrize(
	("one", "other", "may_be"),
	[("王芳", "王 伟", True), ("小芳", "王芳", True), ("王伟", "李娜", False), ("Anna B.", "Otto B.", False)],
)
def test_names_with_a_part_in_common_may_be_one_s(one, other, may_be):
	assert may_be_one(one, other) is may_be
