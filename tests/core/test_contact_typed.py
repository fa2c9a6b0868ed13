"""A contact typed in one line: what each part is taken for, and what is stored of it."""

import re

import pytest

from referral_hub.matching.rules import asking
from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.contacts.stored import as_text, from_text, profile_of
from referral_hub.matching.rules.contacts.typed import contact_from, contact_in
from referral_hub.matching.rules.judging import judge
from referral_hub.matching.rules.profile import facts
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.referrals.rules.requirements.assessing import Requirement
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
			note="Foo Inc",
		),
	),
	(
		"Emily Baker, store manager at Acme",
		Contact("Emily Baker", title="store manager", employer="Acme"),
	),
	(
		"senior python developer, 3 years",
		Contact("senior python developer", title="senior python developer", years=3.0),
	),
	("王芳，店长，上海百货有限公司", Contact("王芳", title="店长", employer="上海百货有限公司")),
	(
		"张伟 13800138000 5年 电焊工 苏州",
		Contact("张伟", phones=("+8613800138000",), title="电焊工", place="苏州", years=5.0),
	),
	(
		"王芳，会计，五年，期望月薪8k，Excel",
		Contact("王芳", title="会计", skills=("Excel",), years=5.0, wish="期望月薪8k"),
	),
	(
		"Bob Smith, welder, 5 yrs exp, at least 30k, 2027, Room 12k",
		Contact("Bob Smith", title="welder", skills=("2027", "Room 12k"), years=5.0, wish="at least 30k"),
	),
	("王 芳/会计/5年/上海", Contact("王芳", title="会计", place="上海", years=5.0)),
	(
		"Jane Doe <jane@acme.com>, Tel: 138 0013 8000, nurse",
		Contact("Jane Doe", ("jane@acme.com",), ("+8613800138000",), title="nurse"),
	),
	("Li Na (138-0013-8000), nurse", Contact("Li Na", phones=("+8613800138000",), title="nurse")),
	(
		"Li Na, 138-0013-8000 (home), nurse, https://example.com/in/li-13800138001",
		Contact(
			"Li Na",
			phones=("+8613800138000",),
			title="nurse",
			url="https://example.com/in/li-13800138001",
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


@pytest.mark.parametrize(("years", "kept"), [("8", 8.0), ("3.5 years", 3.5), ("两年多", 2.0), ("", None)])
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
	said = str(profile_of("key", secret, vocabulary(), "group"))
	assert [word for word in ("Zhu", "zy@", "138", "Secret", "leave") if word in said] == []


@pytest.mark.parametrize(
	"line",
	[
		"张伟 13800138000 电焊工 苏州",
		"张伟电焊工",
		"王芳/会计/5年/上海",
		"王芳，会计，微信 wangfang88，身份证 320505199001011234",
		"Wang Fang, accountant, 微信：wangfang88, WeChat ID: wangfang",
		"王芳，会计，13800138000 或 li@example.com 都行",
	],
)
def test_what_somebody_is_reached_or_called_by_is_in_no_index_however_it_was_typed(line):
	person = facts(profile_of("key", contact_in(line, "CN", vocabulary()), vocabulary()), vocabulary())
	said = str((person.terms, person.words))
	assert [each for each in ("张", "王", "wang", "example") if each in said] == []
	assert re.findall(r"\d{6,}", said) == []
	assert person.terms


def test_a_messenger_is_a_skill_where_no_name_in_it_follows():
	assert states("Li Na, marketing, WeChat marketing, 微信运营", Skill="WeChat marketing") == ["MET"]


def states(line: str | Contact, **asked: str) -> list[str]:
	"""Return how each row that is asked for, {kind: text}, stands for a contact."""
	contact = contact_in(line, "CN", vocabulary()) if isinstance(line, str) else line
	person = facts(profile_of("key", contact, vocabulary()), vocabulary())
	rows = [Requirement("row", text, kind=kind) for kind, text in asked.items()]
	return [judge(asking.asked(row, vocabulary()), person, vocabulary()).state.name for row in rows]


def test_a_degree_and_a_language_among_the_words_of_a_line_are_read_as_such():
	line = "王强，焊工，8年，大专，英语流利"
	assert states(line, Education="大专", Language="English fluent", Skill="Welding") == ["MET"] * 3
	assert states(line, Skill="Kubernetes") == ["UNKNOWN"]
	assert states("Bob Smith, welder, English fluent, forklift", Skill="Kubernetes") == ["MISSING"]


def test_a_tag_says_nothing_of_the_skills_it_is_not():
	tagged = Contact("Li Na", tags=("school", "welding"))
	assert states(tagged, Skill="Kubernetes") == ["UNKNOWN"]
	assert states(tagged, Skill="Welding") == ["MET"]


def test_a_wish_that_names_a_sum_is_compared_with_the_pay():
	assert states(Contact("Li Na", wish="at least 30k"), Pay="15-20k") == ["MISSING"]
	assert states(Contact("Li Na", wish="月薪18k"), Pay="15-20k") == ["MET"]
	assert states(Contact("Li Na", wish="from 2027 on, 2 weeks off"), Pay="15-20k") == ["UNKNOWN"]
