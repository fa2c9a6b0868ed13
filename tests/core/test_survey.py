"""The survey after a referral: what is an answer, when people are asked, what is told of whom, and what can be found by subtracting."""

from datetime import date, timedelta
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.insights.rules import hiding, satisfaction
from referral_hub.insights.rules.hiding import LEAST
from referral_hub.insights.rules.satisfaction import Response
from referral_hub.survey.rules import moments, questions
from referral_hub.survey.rules.moments import After, Ending
from referral_hub.survey.rules.questions import NoAnswer, Role

DAY = date(2026, 6, 15)


def test_an_answer_is_the_score_and_what_else_could_be_chosen():
	form = {
		"score": "9",
		"informed": "5",
		"easy": "6",
		"respectful": "3",
		"words": "  Fine. ",
		"anonymous": "1",
	}
	given_answer = questions.read(form, Role.REFERRER, ["Form", "Reward"], ["Reward", "Made up"])
	assert given_answer == questions.Answer(9, {"informed": 5}, ("Reward",), "Fine.", True)


@pytest.mark.parametrize("score", [None, "", "11", "-1", "5.0", "٥", "010", [], "x"])
def test_without_a_number_from_0_to_10_there_is_no_answer(score):
	with pytest.raises(NoAnswer):
		questions.read({"score": score}, Role.CANDIDATE, [])


def test_words_and_themes_have_an_end():
	many = [f"Theme {number}" for number in range(9)]
	long = questions.read({"score": 0, "words": "x" * 5000}, Role.CANDIDATE, many, many)
	assert (len(long.words), list(long.themes)) == (questions.LONGEST, many[: questions.MOST_THEMES])


@pytest.mark.parametrize(
	("ending", "after", "first"),
	[
		(Ending(DAY), After.CONFIRMED, 3),
		(Ending(DAY, True), After.JOINED, 3),
		(Ending(DAY, True), After.CONFIRMED, None),
		(Ending(DAY, True, DAY + timedelta(90)), After.CONFIRMED, 93),
		(Ending(DAY, True, DAY + timedelta(90)), After.PAID, None),
		(Ending(DAY, True, None, DAY + timedelta(10)), After.PAID, 13),
	],
)
def test_a_hire_is_asked_about_when_it_is_known_what_became_of_it(ending, after, first):
	expected = None if first is None else DAY + timedelta(first)
	assert moments.asked_from(ending, after, 3) == expected
	if expected:
		due = [day for day in range(200) if moments.is_due(ending, after, 3, DAY + timedelta(day))]
		assert due == list(range(first, first + moments.STILL_FRESH + 1))


@pytest.mark.parametrize(("last", "lately"), [(None, False), (0, True), (89, True), (90, False)])
def test_nobody_is_asked_twice_within_the_days_they_are_left_alone(last, lately):
	asked_on = None if last is None else DAY - timedelta(last)
	assert moments.was_asked_lately(asked_on, 90, DAY) is lately
	assert not moments.was_asked_lately(DAY, 0, DAY)


@pytest.mark.parametrize(
	("scores", "score"),
	[([], None), ([10, 9, 8, 7, 6, 0], 0), ([10] * 5, 100), ([6] * 5, -100), ([9, 9, 7, 0], 25)],
)
def test_the_score_is_the_share_of_promoters_less_that_of_detractors(scores, score):
	assert satisfaction.score(scores) == score


def people(*numbers: int) -> frozenset[int]:
	return frozenset(numbers)


@pytest.mark.parametrize(
	("sizes", "told"),
	[
		({"A": 4}, set()),
		({"A": 5}, {"A"}),
		({"A": 5, "B": 2}, set()),
		({"A": 9, "B": 5, "C": 2}, {"A"}),
		({"A": 9, "B": 5, "C": 2, "D": 3}, {"A", "B"}),
		({"A": 3, "B": 4}, set()),
	],
)
def test_a_small_group_is_hidden_with_another_so_that_the_total_does_not_give_it_away(sizes, told):
	numbers = iter(range(100))
	groups = {group: frozenset(next(numbers) for _one in range(size)) for group, size in sizes.items()}
	assert hiding.told({"By": groups}, frozenset(chain(*groups.values())))["By"] == told


def test_what_one_table_says_does_not_give_away_a_group_of_another():
	tables = {
		"Department": {"A": people(*range(6)), "B": people(*range(6, 12))},
		"Program": {"X": people(*range(5)), "Y": people(*range(5, 12))},
	}
	shown = hiding.told(tables, people(*range(12)))
	assert not ({"A"} <= shown["Department"] and {"X"} <= shown["Program"])


def test_two_tables_do_not_cross_in_one_person_and_the_first_stays():
	tables = {
		"Department": {"A": people(*range(5)), "B": people(*range(5, 10))},
		"Designation": {"X": people(0, *range(5, 9)), "Y": people(*range(1, 5), 9)},
	}
	assert hiding.told(tables, people(*range(10))) == {"Department": {"A", "B"}, "Designation": set()}


PLACES = st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("XYZ")), max_size=40)


@given(PLACES)
def test_no_told_figures_differ_by_fewer_than_five_people(places):
	everybody = frozenset(range(len(places)))
	tables = {
		name: {
			group: frozenset(n for n, place in enumerate(places) if place[column] == group)
			for group in {place[column] for place in places}
		}
		for column, name in enumerate(("Department", "Program"))
	}
	shown = hiding.told(tables, everybody)
	if len(everybody) < LEAST:
		assert shown == {"Department": set(), "Program": set()}
		return
	cells = [tables[table][group] for table, groups in shown.items() for group in groups]
	assert all(len(cell) >= LEAST for cell in cells)
	known = [everybody, *cells, *(everybody - cell for cell in cells)]
	for one in known:
		for other in known:
			if other < one:
				assert len(one - other) >= LEAST
	for table in shown:
		left = everybody.difference(*(tables[table][group] for group in shown[table]))
		assert not left or len(left) >= LEAST
	one, other = ([tables[table][group] for group in groups] for table, groups in shown.items())
	for crossed in (first & second for first in one for second in other):
		assert not crossed or len(crossed) >= LEAST


@given(st.dictionaries(st.sampled_from([f"2026-{n:02}" for n in range(1, 13)]), st.integers(0, 9)))
def test_a_figure_grows_by_five_people_or_not_at_all(months):
	numbers = iter(range(1000))
	by_month = {month: frozenset(next(numbers) for _n in range(size)) for month, size in months.items()}
	before: frozenset[int] = frozenset()
	for month in sorted(by_month):
		now = hiding.settled({each: who for each, who in by_month.items() if each <= month})
		assert before <= now
		assert not now - before or len(now - before) >= LEAST
		before = now


def response(score=10, department="Sales", month="2026-05", anonymous=False, **more) -> Response:
	groups = {"Department": department, "Month": month}
	return Response(score, month, groups, {"fair": 4}, is_anonymous=anonymous, **more)


def tell(*responses: Response, by="Department") -> satisfaction.Told:
	return satisfaction.told(list(responses), by, ("Department", "Month"), "2026-06")


def test_one_who_stayed_unknown_is_not_found_beside_four_who_did_not():
	found = tell(*[response(10)] * 5, response(0, anonymous=True))
	assert [(line.answers, line.score) for line in found.lines] == [(5, 100)]
	assert found.whole.answers == 5


def test_five_who_stayed_unknown_are_counted_once_their_month_is_over():
	unknown = [response(0, anonymous=True)] * 5
	assert tell(*unknown).whole.score == -100
	now = [response(0, month="2026-06", anonymous=True)] * 5
	assert tell(*now).whole.score is None


def test_a_group_of_four_shows_nothing_but_its_name():
	found = tell(*[response(10)] * 6, *[response(3, "HR")] * 4, *[response(3, "IT")] * 4)
	assert [line.group for line in found.lines if not line.is_hidden] == ["Sales"]
	assert found.lines[-1] == satisfaction.Line("IT")
	assert [found.is_open(group) for group in ("Sales", "IT", "Nobody", None)] == [True, False, False, True]


def test_the_only_small_group_hides_another_beside_the_total():
	found = tell(*[response(10)] * 6, *[response(3, "IT")] * 4)
	assert [line.is_hidden for line in found.lines] == [True, True]
	assert found.whole.answers == 10


def test_words_of_the_unknown_are_read_where_five_of_them_wrote():
	wrote = [response(anonymous=True, has_words=True)] * 4
	assert tell(*wrote, response(anonymous=True)).words == frozenset()
	assert len(tell(*wrote, response(anonymous=True, has_words=True)).words) == 5


def test_what_was_named_and_judged_is_counted_and_a_mean_of_few_is_not_told():
	few = [response(themes=("Form",))] * 2 + [
		Response(8, "2026-05", {"Department": "Sales", "Month": "2026-05"}, {})
	] * 3
	found = tell(*few)
	assert (found.whole.themes, found.whole.ratings) == ((("Form", 2),), {})
	assert tell(*[response()] * 5).whole.ratings == {"fair": 4.0}
