"""Stays: a transfer is one, coming back is another; months by the calendar; groups say what they rest on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.paths.rules import retention
from referral_hub.paths.rules.retention import Contract, Hire, Way

TODAY = date(2026, 11, 22)


def day(text: str) -> date:
	return date.fromisoformat(text)


def contract(name: str, began: str, ended: str | None = None, person: str = "P") -> Contract:
	return Contract(name, person, day(began), ended and day(ended))


@pytest.mark.parametrize(
	("contracts", "found"),
	[
		([contract("A", "2025-01-01")], [("A", "2025-01-01", None)]),
		([contract("A", "2025-01-01", "2025-06-30")], [("A", "2025-01-01", "2025-06-30")]),
		# a transfer, over a weekend
		(
			[contract("B", "2025-07-03"), contract("A", "2025-01-01", "2025-06-30")],
			[("A", "2025-01-01", None)],
		),
		(
			[contract("A", "2025-01-01", "2025-06-30"), contract("B", "2025-07-01", "2025-09-30")],
			[("A", "2025-01-01", "2025-09-30")],
		),
		# two contracts at once end with the later
		(
			[contract("A", "2025-01-01", "2025-12-31"), contract("B", "2025-03-01", "2025-04-30")],
			[("A", "2025-01-01", "2025-12-31")],
		),
		(
			[contract("A", "2025-01-01"), contract("B", "2025-03-01", "2025-04-30")],
			[("A", "2025-01-01", None)],
		),
		# comes back after a break
		(
			[contract("A", "2025-01-01", "2025-06-30"), contract("B", "2026-01-01")],
			[("A", "2025-01-01", "2025-06-30"), ("B", "2026-01-01", None)],
		),
		# a week between two contracts is no break, a day more is
		(
			[contract("A", "2025-01-01", "2025-06-30"), contract("B", "2025-07-07")],
			[("A", "2025-01-01", None)],
		),
		(
			[contract("A", "2025-01-01", "2025-06-30"), contract("B", "2025-07-08")],
			[("A", "2025-01-01", "2025-06-30"), ("B", "2025-07-08", None)],
		),
		# on the last day somebody is still here
		([contract("A", "2025-01-01", TODAY.isoformat())], [("A", "2025-01-01", None)]),
		# who left on the first day did not come
		([contract("A", "2025-01-01", "2025-01-01")], []),
		([contract("A", "2025-01-01", "2025-01-02")], [("A", "2025-01-01", "2025-01-02")]),
		# a first or a last day to come
		([contract("A", "2026-12-01")], []),
		([contract("A", "2026-01-01", "2026-12-31")], [("A", "2026-01-01", None)]),
	],
)
def test_records_become_stays(contracts, found):
	assert retention.hires(contracts, TODAY) == [
		Hire(first, day(joined), left and day(left)) for first, joined, left in found
	]


@pytest.mark.parametrize(
	("since", "until", "number"),
	[
		("2026-03-15", "2026-06-15", 3.0),
		("2026-03-15", "2026-06-14", 2 + 30 / 31),
		("2026-01-31", "2026-02-28", 1.0),
		("2026-01-31", "2026-03-31", 2.0),
		("2024-02-29", "2025-02-28", 12.0),
		("2026-03-15", "2026-03-15", 0.0),
		("2026-03-15", "2026-03-01", 0.0),
	],
)
def test_months_are_those_of_the_calendar(since, until, number):
	assert retention.months(day(since), day(until)) == pytest.approx(number)


days = st.dates(date(2020, 1, 1), date(2026, 12, 31))


@given(days, days, st.integers(0, 40))
def test_a_later_day_is_never_fewer_months(since, until, more):
	assert retention.months(since, until) <= retention.months(since, until + timedelta(days=more))


def test_a_group_says_how_many_are_kept_and_of_how_many():
	"""Ten came on 1 January 2025: two left within three months, one after half a year, the others are here."""
	left = {0: "2025-02-28", 1: "2025-03-31", 2: "2025-07-31"}
	stays = [Hire(str(at), day("2025-01-01"), left.get(at) and day(left[at])) for at in range(10)]
	((curve, gone),) = retention.curves(stays, dict.fromkeys(map(str, range(10)), "all"), TODAY).values()
	found = {
		month: (round(point.survival, 6), point.at_risk) for month, point in retention.kept(curve).items()
	}
	assert found == {3: (0.8, 9), 6: (0.8, 8), 12: (0.7, 7)}
	assert gone == 3


def test_nothing_is_said_of_a_time_nobody_was_watched():
	curve = retention.curve_of([Hire("A", day("2026-08-01"), None)], TODAY)
	assert [month for month, point in retention.kept(curve).items() if point] == [3]


@pytest.mark.parametrize(
	("is_referred", "is_recalled", "way"),
	[
		(True, False, Way.REFERRED),
		(True, True, Way.RECALLED),
		(False, True, Way.RECALLED),
		(False, False, Way.OTHER),
	],
)
def test_each_hire_came_one_way(is_referred, is_recalled, way):
	assert retention.way_of(is_referred, is_recalled) is way
