"""Score, levels and badges: what raises them, what never lowers them, and on which day they are reached."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.recognition.rules import badges, levels, score
from referral_hub.recognition.rules.badges import BadgeRule
from referral_hub.recognition.rules.done import (
	Done,
	Referred,
	days_of,
	done,
	known_on,
	months_after,
	referred,
)
from referral_hub.recognition.rules.levels import Level
from referral_hub.recognition.rules.score import Weights
from referral_hub.referrals.rules.stays import Stay
from referral_hub.rewards.rules.periods import period_of

TODAY = date(2026, 6, 15)
WEIGHTS = Weights()
DAYS = st.dates(date(2024, 1, 1), TODAY)


def hire(joined: date, took: int = 40, **more) -> Referred:
	return Referred(joined - timedelta(days=took), joined, joined, **more)


def no_hire(day: date) -> Referred:
	return Referred(day, day)


def staying(joined: date, took: int = 40) -> Referred:
	return hire(joined, took, stayed=True, settled_on=months_after(joined, 6))


@st.composite
def people(draw, most: int = 12):
	kinds = (hire, no_hire, staying, lambda day: Referred(day))
	return [draw(st.sampled_from(kinds))(draw(DAYS)) for _ in range(draw(st.integers(0, most)))]


weights = st.builds(
	Weights,
	*[st.integers(0, 100).map(Fraction)] * 3,
	st.integers(1, 100).map(Fraction),
	expected=st.integers(0, score.MOST_EXPECTED).map(Fraction),
	strength=st.integers(1, 100),
	quick_days=st.integers(0, 60),
	slow_days=st.integers(61, 400),
)


def scored(some, how=WEIGHTS) -> Fraction:
	return score.score(done(some), how)


# score


@given(people(), DAYS, st.integers(0, 500), weights)
def test_another_hire_never_lowers_a_score(some, day, took, how):
	assert scored([*some, hire(day, took)], how) >= scored(some, how)
	assert scored([*some, staying(day, took)], how) >= scored([*some, hire(day, took)], how)


def test_a_badge_for_hires_who_stayed_is_kept_while_it_is_open_anew_whether_they_do():
	rule = BadgeRule("Loyal", badges.STAYED, 1)
	waiting, early = hire(date(2026, 1, 1)), hire(date(2026, 1, 1), settled_on=date(2026, 3, 1))
	assert [badges.is_still_earned(rule, [each]) for each in (waiting, early)] == [True, False]


@given(people(), DAYS)
def test_what_was_known_on_a_day_is_all_that_had_happened_by_then(some, day):
	known = known_on(some, day)
	assert days_of(known) == {when for when in days_of(some) if when <= day}
	assert done(known).stayed == sum(bool(each.settled_on and each.settled_on <= day) for each in some)


@given(people().flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))), weights)
def test_the_order_never_matters(both, how):
	one, other = both
	assert scored(one, how) == scored(other, how)


@given(people(), weights)
def test_a_score_is_between_nothing_and_the_whole_and_is_the_sum_of_its_parts(some, how):
	parts = score.parts(done(some), how)
	assert scored(some, how) == sum(part.brings for part in parts)
	assert all(0 <= part.brings <= part.of for part in parts)
	assert sum(part.of for part in parts) == score.HIGHEST


@given(weights, st.integers(0, 200), st.booleans())
def test_eighteen_of_twenty_beat_one_of_one_whatever_weighs_how_much(how, took, all_stay):
	one = [(staying if all_stay else hire)(date(2025, 1, 1), took)]
	many = one * 18 + [no_hire(date(2025, 1, 1))] * 2
	# where speed alone counts and nobody was quick, neither is worth anything
	assert scored(many, how) > scored(one, how) or scored(many, how) == scored(one, how) == 0


@given(people())
def test_a_sooner_hire_is_worth_no_less(some):
	assert scored([*some, hire(TODAY, 10)]) >= scored([*some, hire(TODAY, 100)])


def test_many_who_were_not_suitable_are_worth_less_than_a_few_who_were():
	assert scored([no_hire(TODAY)] * 100) < scored([staying(date(2025, 1, 1))] * 2 + [no_hire(TODAY)] * 2)


def test_who_has_referred_nobody_has_no_score():
	assert scored([]) == 0


@pytest.mark.parametrize(("value", "rounded"), [("45.34", 45.3), ("45.35", 45.4), ("0", 0.0), ("100", 100.0)])
def test_a_score_is_shown_to_one_decimal_halves_up(value, rounded):
	assert score.shown(Fraction(value)) == rounded


def test_an_example_worked_out_by_hand():
	did = Done(referrals=5, ended=4, hires=2, stayed=1, left_early=0, took_days=(30, 75))
	parts = {part.name: part.brings for part in score.parts(did, WEIGHTS)}
	assert parts == {
		"volume": Fraction(10),  # 20 x 5 / (5 + 5)
		"hires": Fraction(100, 9),  # 40 x (2 + 0.5) / (4 + 5)
		"staying": Fraction(25, 6),  # 25 x 1 / (1 + 5)
		"speed": Fraction(45, 13),  # 15 x 1.5 / (1.5 + 5)
	}


# what a referral is


JOINED = date(2025, 1, 31)


@pytest.mark.parametrize(
	("stays", "today", "stayed", "settled_on"),
	[
		((), date(2025, 7, 30), False, None),
		((), date(2025, 7, 31), True, date(2025, 7, 31)),
		((Stay(JOINED, date(2025, 7, 30)),), TODAY, True, date(2025, 7, 31)),
		((Stay(JOINED, date(2025, 7, 29)),), TODAY, False, date(2025, 7, 29)),
		((Stay(JOINED, date(2025, 3, 1)), Stay(date(2025, 10, 1))), TODAY, True, date(2026, 4, 1)),
		((Stay(JOINED, date(2025, 3, 1)), Stay(date(2026, 6, 1))), TODAY, False, None),
	],
)
def test_when_it_is_known_whether_a_hire_stayed(stays, today, stayed, settled_on):
	read = referred(date(2025, 1, 1), "Hired", None, JOINED, stays, 6, today)
	assert (read.stayed, read.settled_on) == (stayed, settled_on)


@pytest.mark.parametrize("outcome", ["Duplicate", "Ineligible", "Expired"])
def test_what_was_no_referral_counts_for_nothing(outcome):
	assert referred(TODAY, outcome, TODAY, None, (), 6, TODAY) is None


def test_an_open_referral_has_not_ended_and_a_refused_one_has():
	assert referred(TODAY, "Open", TODAY, None, (), 6, TODAY).ended_on is None
	assert referred(date(2026, 1, 1), "Not Selected", TODAY, None, (), 6, TODAY).ended_on == TODAY


@given(people(), st.sampled_from(["Month", "Quarter", "Half-Year", "Year"]))
def test_the_periods_add_up_to_all_time(some, length):
	periods = {period_of(day, length) for day in days_of(some)}
	pieces = [done(some, period, length) for period in periods]
	whole = done(some)
	for count in ("referrals", "ended", "hires", "stayed", "left_early"):
		assert sum(getattr(piece, count) for piece in pieces) == getattr(whole, count)


# levels


GOLD, STAR = Level("Gold", 30, "Hires", Fraction(3), "Year"), Level("Star", 40, "Hires", Fraction(5), "Year")
WISE = Level("Wise", 50, "Score", Fraction(30))


def level_on(some, today, of=(GOLD, STAR)):
	found = levels.reached(of, some, WEIGHTS, today)
	return found and (found.level.name, found.held_until)


@pytest.mark.parametrize(
	("hires", "today", "found"),
	[
		(2, TODAY, None),
		(3, TODAY, ("Gold", date(2027, 12, 31))),
		(5, TODAY, ("Star", date(2027, 12, 31))),
		(5, date(2027, 12, 31), ("Star", date(2027, 12, 31))),
		(5, date(2028, 1, 1), None),
	],
)
def test_a_level_of_a_year_is_held_until_the_next_one_is_over(hires, today, found):
	assert level_on([hire(date(2026, 3, day)) for day in range(1, hires + 1)], today) == found


def test_hires_of_two_years_are_not_added_up():
	some = [hire(date(2025, 12, 30)), hire(date(2025, 12, 31)), hire(date(2026, 1, 2))]
	assert level_on(some, TODAY) is None


def test_who_was_star_last_year_and_is_gold_this_year_is_still_star():
	some = [hire(date(2025, 3, day)) for day in range(1, 6)] + [hire(date(2026, 3, day)) for day in (1, 2, 3)]
	assert level_on(some, TODAY) == ("Star", date(2026, 12, 31))


def test_a_level_by_score_follows_the_score_as_it_is_shown():
	some = [staying(date(2025, 1, 1))]
	assert level_on(some, TODAY, (WISE,)) is None
	exact = replace(WISE, at_least=Fraction(str(score.shown(scored(some)))))
	assert level_on(some, TODAY, (exact,)) == ("Wise", None)


@given(people(), DAYS)
def test_another_hire_never_lowers_a_level(some, day):
	def rank(of):
		found = levels.reached((GOLD, STAR, WISE), of, WEIGHTS, TODAY)
		return found.level.rank if found else 0

	assert rank([*some, hire(day)]) >= rank(some)


def test_the_next_level_is_the_lowest_that_is_not_reached():
	some = [hire(date(2026, 3, day)) for day in (1, 2, 3)]
	ahead = levels.following((STAR, GOLD), some, WEIGHTS, TODAY)
	assert (ahead.level.name, ahead.reached) == ("Star", 3)
	assert levels.following((GOLD,), some, WEIGHTS, TODAY) is None


# badges


@pytest.mark.parametrize(
	("rule", "day"),
	[
		(BadgeRule("A", "Referrals", 2), date(2026, 1, 20)),
		(BadgeRule("B", "Hires", 2), date(2026, 3, 1)),
		(BadgeRule("C", "Hires Who Stayed", 1), date(2026, 8, 1)),
		(BadgeRule("D", "Departments of Hires", 2), date(2026, 4, 1)),
		(BadgeRule("E", "Hires", 4), None),
	],
)
def test_a_badge_is_earned_on_the_day_its_count_was_reached(rule, day):
	some = [
		hire(date(2026, 4, 1), department="Sales"),
		replace(staying(date(2026, 2, 1)), department="Shop"),
		hire(date(2026, 3, 1), department="Shop"),
	]
	assert badges.earned([rule], some) == ({rule.badge: day} if day else {})


@pytest.mark.parametrize(
	("again", "months", "day"),
	[
		((), 12, None),
		((date(2026, 5, 1),), 12, None),
		((date(2026, 5, 1), date(2026, 6, 1)), 12, date(2026, 6, 1)),
		((date(2025, 3, 1), date(2025, 4, 1)), 12, None),
		((date(2025, 3, 1), date(2025, 4, 1)), 0, date(2025, 4, 1)),
	],
)
def test_a_badge_that_ran_out_is_earned_again_by_what_was_done_since_and_not_when_that_has_run_out_too(
	again, months, day
):
	people = [hire(date(2025, 1, 1)), hire(date(2025, 2, 1)), *[hire(day) for day in again]]
	rule = BadgeRule("Two Hires", "Hires", 2, months)
	assert badges.earned_again(rule, people, date(2025, 2, 1), date(2026, 11, 23)) == day
