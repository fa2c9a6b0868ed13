"""What no score may depend on, and what never lowers it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from referral_hub.matching.rules.asking import Kind
from referral_hub.matching.rules.engine import match
from referral_hub.matching.rules.profile import Profile
from referral_hub.matching.words import vocabulary
from referral_hub.referrals.rules.requirements.assessing import HARD, SOFT, Requirement

WORDS = [entry.name for entry in vocabulary().skills.entries[::23]] + [
	"会计",
	"仓储管理",
	"焊工",
	"k8s",
	"Kubernets",
	"c++",
	"Node.js",
	"quartz polishing",
	"宣纸修复",
]
ASKED = {
	Kind.SKILL: [*WORDS, "Python or Java", "Excel and SAP"],
	Kind.EXPERIENCE: ["3年以上", "1-3 years", "经验不限", "at least ten years"],
	Kind.EDUCATION: ["本科及以上", "Master's degree", "大专"],
	Kind.CERTIFICATE: ["CPA", "电工证", "护士执业证"],
	Kind.LANGUAGE: ["English fluent", "日语N2", "英语或日语", "粤语"],
	Kind.PLACE: ["上海", "Beijing or Shenzhen", "远程", "浣花溪镇"],
	Kind.PAY: ["15-20k", "年薪20万", "$5,000 a month"],
	Kind.INDUSTRY: ["Retail", "制造业"],
	Kind.OTHER: ["细心", "team player", "own knives and a motorbike"],
}
# what everybody meets, known or not
OPEN_TO_ALL = {"远程", "经验不限"}
ROWS = st.sampled_from(Kind).flatmap(
	lambda kind: st.builds(
		Requirement,
		name=st.text("abc", min_size=1, max_size=6),
		requirement=st.sampled_from(ASKED[kind]),
		kind=st.just(kind),
		firmness=st.sampled_from([HARD, SOFT]),
		must_have=st.booleans(),
		weight=st.integers(1, 10),
	)
)


def some(values: list[str], most: int = 4):
	return st.lists(st.sampled_from(values), max_size=most).map(tuple)


PROFILES = st.builds(
	Profile,
	key=st.text("xyz", min_size=1, max_size=6),
	skills=some(WORDS),
	titles=some(["会计", "Welder", "店长"], 1),
	years=st.none() | st.integers(0, 45).map(float),
	education=st.sampled_from(["", "本科", "大专", "硕士", "PhD"]),
	certificates=some(["CPA", "电工证", "驾照"], 2),
	languages=some(["英语六级", "日语", "流利的粤语", "English"], 2),
	places=some(["上海市", "Shenzhen", "浣花溪镇", "北京"], 2),
	pay=st.sampled_from(["", "18k", "2.2万", "$4,000", "面议"]),
	industries=some(["零售", "制造业"], 1),
	text=st.sampled_from(["", "认真细致", "has own knives and a motorbike", "三年Java经验，本科"]),
)
OPENINGS = st.lists(ROWS, min_size=1, max_size=6)


def everybody(rows, people):
	return match(rows, people, top=len(people), vocabulary=vocabulary(), ruled_out=True)


def one(rows, person):
	found = everybody(rows, [person])
	return found[0] if found else None


@given(OPENINGS, PROFILES, st.data())
def test_a_requirement_that_is_met_never_lowers_the_score(rows, person, data):
	more = data.draw(ROWS.map(lambda row: replace(row, name="more")))
	if (alone := one([more], person)) and alone.met:
		before = one(rows, person)
		assert one([*rows, more], person).score >= (before.score if before else 0)


@given(OPENINGS, PROFILES)
def test_a_requirement_that_becomes_known_to_be_met_never_lowers_the_score(rows, person):
	skill = next((row for row in rows if row.kind == Kind.SKILL and row.requirement in WORDS), None)
	if skill:
		before, after = (
			one(rows, person),
			one(rows, replace(person, skills=(*person.skills, skill.requirement))),
		)
		assert skill in [reason.requirement for reason in after.met]
		if person.skills and before:
			assert after.score >= before.score


@given(
	OPENINGS,
	st.lists(PROFILES, max_size=6, unique_by=lambda person: person.key),
	st.randoms(use_true_random=False),
)
def test_the_order_of_rows_people_and_lists_never_matters(rows, people, chance):
	def shuffled(values):
		return chance.sample(values, len(values))

	other_people = [replace(person, skills=tuple(shuffled(person.skills))) for person in shuffled(people)]
	first = [(found.rank, found.score) for found in everybody(rows, people)]
	assert first == [(found.rank, found.score) for found in everybody(shuffled(rows), other_people)]


def full_width(text: str) -> str:
	return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


WAYS = [
	str.upper,
	str.swapcase,
	full_width,
	lambda text: f"  {text} ",
	lambda text: text.replace(" ", "　 "),
]


@given(OPENINGS, PROFILES, st.sampled_from(WAYS))
def test_case_width_and_spacing_never_matter(rows, person, way):
	def written(values):
		return tuple(way(value) for value in values)

	lists = ("skills", "titles", "certificates", "languages", "places", "industries")
	other = replace(
		person,
		**{name: written(getattr(person, name)) for name in lists},
		education=way(person.education),
		pay=way(person.pay),
		text=way(person.text),
	)
	other_rows = [replace(row, requirement=way(row.requirement)) for row in rows]
	before, after = one(rows, person), one(other_rows, other)
	assert (before and before.rank) == (after and after.rank)


@given(OPENINGS, PROFILES)
def test_each_row_is_met_missing_or_unknown_exactly_once(rows, person):
	if found := one(rows, person):
		reasons = [*found.met, *found.missing, *found.unknown]
		assert sorted(map(id, rows)) == sorted(id(reason.requirement) for reason in reasons)
		assert 0 <= found.score <= 100 and 0 <= found.confidence <= 100
		assert all(reason.words for reason in found.met if reason.requirement.requirement not in OPEN_TO_ALL)


@given(OPENINGS, PROFILES)
def test_nobody_without_a_must_is_proposed(rows, person):
	for found in match(rows, [person], vocabulary=vocabulary()):
		assert not any(reason.requirement.must_have for reason in found.missing)


@given(OPENINGS)
def test_of_whom_nothing_is_known_nothing_is_said(rows):
	found = one(rows, Profile("nobody"))
	assert found is None or {reason.requirement.requirement for reason in found.met} <= OPEN_TO_ALL


@given(PROFILES, st.text(max_size=40), st.sampled_from(Kind))
def test_whatever_HR_writes_is_answered(person, text, kind):
	found = one([Requirement("row", text, kind=kind)], person)
	assert found is None or found.score <= 100


@given(st.text(max_size=60))
def test_whatever_a_person_writes_is_read(text):
	person = Profile("x", (text,), (text,), None, text, (text,), (text,), (text,), text, (text,), text)
	one([Requirement("row", "Python")], person)
