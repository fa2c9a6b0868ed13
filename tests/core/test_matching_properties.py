"""What no score may depend on, and what never lowers it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from matching_people import OPEN_TO_ALL, OPENINGS, PROFILES, ROWS, WORDS

from referral_hub.matching.rules.asking import Kind
from referral_hub.matching.rules.engine import match
from referral_hub.matching.rules.profile import Profile
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.vocabulary.shipped import vocabulary


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
