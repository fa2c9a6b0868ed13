"""A contact typed in one line: what each part is taken for, and what is stored of it."""

import pytest

from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.contacts.stored import as_text, from_text, profile_of
from referral_hub.matching.rules.contacts.typed import contact_from, contact_in
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.vocabulary.shipped import vocabulary

LINES = [
	("货车司机，B2驾照，8年", Contact("货车司机", title="货车司机", skills=("B2驾照",), years=8.0)),
	(
		"Li Na, store manager at Acme, 13800138000",
		Contact("Li Na", phones=("+8613800138000",), title="store manager", employer="Acme"),
	),
	(
		"王芳；店长；上海；5年；零售；Fang@X.cn",
		Contact("王芳", emails=("fang@x.cn",), title="店长", place="上海", skills=("零售",), years=5.0),
	),
	(
		"Bob Smith, python developer @ Foo, 3 years of experience, Django, Berlin, https://example.com/in/bob?x=1",
		Contact(
			"Bob Smith",
			title="python developer",
			employer="Foo",
			skills=("Django",),
			place="Berlin",
			url="https://example.com/in/bob",
			years=3.0,
		),
	),
	("张伟", Contact("张伟")),
	(
		"Li Na, welder at Acme (Suzhou) Co., Ltd., Suzhou, Foo Inc",
		Contact(
			"Li Na",
			title="welder",
			employer="Acme (Suzhou) Co., Ltd.",
			place="Suzhou",
			skills=("Foo Inc",),
		),
	),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_each_part_of_a_line_is_read_for_what_it_looks_like(line, expected):
	assert contact_in(line, "CN", vocabulary()) == expected


@pytest.mark.parametrize(
	("line", "reason"),
	[("", "name_missing"), ("13800138000", "name_missing"), ("=cmd(), x", "name_is_formula")],
)
def test_a_line_that_names_nobody_is_refused(line, reason):
	with pytest.raises(Refused) as refused:
		contact_in(line, "CN", vocabulary())
	assert refused.value.reason == reason


@pytest.mark.parametrize(("years", "kept"), [("8", 8.0), ("3.5 years", 3.5), ("", None)])
def test_years_of_a_form(years, kept):
	assert contact_from({"name": "Li Na", "years": years}, "CN").years == kept


@pytest.mark.parametrize("years", ["many", "99"])
def test_years_nobody_has_are_refused(years):
	with pytest.raises(Refused, match="years_invalid"):
		contact_from({"name": "Li Na", "years": years}, "CN")


@pytest.mark.parametrize(("line", "contact"), LINES)
def test_what_is_stored_is_read_again(line, contact):
	assert from_text(as_text(contact)) == contact


def test_what_an_older_or_newer_version_wrote_is_read():
	assert from_text('{"name": "Li Na", "shoe_size": 38, "since": "2020-02-01"}').name == "Li Na"


def test_no_name_address_employer_or_note_is_compared():
	secret = Contact(
		"Zhu Yi", ("zy@x.cn",), ("+8613800138000",), "Secret Corp", "welder", note="wants to leave"
	)
	said = str(profile_of("key", secret, "group"))
	assert [word for word in ("Zhu", "zy@", "138", "Secret", "leave") if word in said] == []
