"""Two people in one record are told apart only where the app will not take them for one again."""

import pytest

from referral_hub.talent.rules.identity import NotApart, Side, check_apart


def side(names="", emails="", phones="") -> Side:
	return Side(*(frozenset(filter(None, text.split("|"))) for text in (names, emails, phones)))


WENJING = side("Ruan Wenjing", "wenjing@example.com", "+8613800138000")


@pytest.mark.parametrize(
	"other",
	[
		side("Deng Siyuan", "siyuan@example.com", "+8613900139000"),
		side("Deng Siyuan", "siyuan@example.com", "+8613800138000"),
		side("Deng Siyuan", phones="+8613900139000"),
		side("Ruan Wenjing", "the.other@example.com", "+8613900139000"),
		side("Ruan Wenjing", "the.other@example.com"),
	],
)
def test_each_has_a_person_of_their_own(other):
	check_apart(WENJING, other)
	check_apart(other, WENJING)


@pytest.mark.parametrize(
	("other", "why", "contact"),
	[
		(side("Deng Siyuan"), "goes", ""),
		(side("Deng Siyuan", "Wenjing@Example.com"), "email", "Wenjing@Example.com"),
		(side("Deng Siyuan", phones="+8613800138000"), "phone", "+8613800138000"),
		(side("ruan  wenjing", "siyuan@example.com", "+8613800138000"), "phone", "+8613800138000"),
		(side("Deng Siyuan|Ruan Wenjing", "s@example.com", "+8613800138000"), "phone", "+8613800138000"),
		(side("Deng Siyuan", "wenjing+son@example.com", "+8613800138000"), "phone", "+8613800138000"),
	],
)
def test_what_would_be_one_person_again_is_refused(other, why, contact):
	with pytest.raises(NotApart) as refused:
		check_apart(WENJING, other)
	assert (refused.value.why, refused.value.contact) == (why, contact)


def test_somebody_has_to_stay():
	with pytest.raises(NotApart) as refused:
		check_apart(side("Ruan Wenjing"), WENJING)
	assert refused.value.why == "stays"
