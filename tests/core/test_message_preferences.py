"""When a message may go: quiet hours, digests, and what a person wants, with the nights on which clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_hub.messages.rules.digest import Rhythm, Schedule, last_due, may_send, next_due
from referral_hub.messages.rules.preferences import Disturbs, Plan, Wishes, digest_waits_until, plan, wants
from referral_hub.messages.rules.quiet_hours import QuietHours, is_quiet, moments_at, next_allowed

SHANGHAI, BERLIN, NEW_YORK = (
	ZoneInfo("Asia/Shanghai"),
	ZoneInfo("Europe/Berlin"),
	ZoneInfo("America/New_York"),
)
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # its clocks change by half an hour
NIGHT = QuietHours(time(22), time(7))
NOON = QuietHours(time(12), time(14))
DAILY = Schedule(Rhythm.DAILY, time(9))
MONDAYS = Schedule(Rhythm.WEEKLY, time(9), weekday=0)


def at(zone, *parts, fold=0):
	return datetime(*parts, tzinfo=zone, fold=fold)


def shown(moment, zone):
	return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
	("quiet", "moment", "allowed"),
	[
		(NIGHT, (2026, 11, 22, 21, 59), "2026-11-22 21:59"),
		(NIGHT, (2026, 11, 22, 22, 0), "2026-11-23 07:00"),
		(NIGHT, (2026, 11, 22, 23, 59), "2026-11-23 07:00"),
		(NIGHT, (2026, 11, 23, 0, 0), "2026-11-23 07:00"),
		(NIGHT, (2026, 11, 23, 6, 59), "2026-11-23 07:00"),
		(NIGHT, (2026, 11, 23, 7, 0), "2026-11-23 07:00"),
		(NOON, (2026, 11, 22, 11, 59), "2026-11-22 11:59"),
		(NOON, (2026, 11, 22, 13, 0), "2026-11-22 14:00"),
		(QuietHours(time(9), time(9)), (2026, 11, 22, 9, 0), "2026-11-22 09:00"),
		(None, (2026, 11, 22, 3, 0), "2026-11-22 03:00"),
		(QuietHours(time(0), time(23, 59)), (2026, 11, 22, 3, 0), "2026-11-22 23:59"),
	],
)
def test_what_falls_into_quiet_hours_waits_for_their_end(quiet, moment, allowed):
	assert shown(next_allowed(at(SHANGHAI, *moment), quiet, SHANGHAI), SHANGHAI) == allowed


def test_quiet_hours_are_those_of_the_persons_own_clock():
	noon_in_berlin = at(BERLIN, 2026, 11, 22, 16)
	assert not is_quiet(noon_in_berlin, NIGHT, BERLIN)
	assert is_quiet(noon_in_berlin, NIGHT, SHANGHAI), "there it is 23:00"
	assert shown(next_allowed(noon_in_berlin, NIGHT, SHANGHAI), SHANGHAI) == "2026-11-23 07:00"
	assert shown(next_allowed(noon_in_berlin, NIGHT, SHANGHAI), BERLIN) == "2026-11-23 00:00"


@pytest.mark.parametrize(
	("ends", "moment", "allowed"),
	[
		# 29 March 2026 in Berlin: after 01:59 comes 03:00
		(time(2, 30), at(BERLIN, 2026, 3, 29, 1, 0), "2026-03-29 01:00+00:00"),
		(time(7), at(BERLIN, 2026, 3, 29, 1, 0), "2026-03-29 05:00+00:00"),
		# 25 October 2026: after 02:59 comes 02:00 once more
		(time(2, 30), at(BERLIN, 2026, 10, 25, 1, 0), "2026-10-25 00:30+00:00"),
		(time(2, 30), at(BERLIN, 2026, 10, 25, 2, 10, fold=1), "2026-10-25 01:30+00:00"),
		(time(7), at(BERLIN, 2026, 10, 25, 1, 0), "2026-10-25 06:00+00:00"),
	],
)
def test_on_the_nights_when_clocks_change_the_clock_on_the_wall_counts(ends, moment, allowed):
	found = next_allowed(moment, QuietHours(time(22), ends), BERLIN)
	assert found.astimezone(UTC).isoformat(" ", "minutes") == allowed


@pytest.mark.parametrize(("day", "times"), [((2026, 3, 29), 0), ((2026, 10, 25), 2), ((2026, 5, 1), 1)])
def test_a_clock_shows_a_time_once_twice_or_never(day, times):
	assert len(moments_at(datetime(*day).date(), time(2, 30), BERLIN)) == times


@pytest.mark.parametrize(
	("schedule", "after", "due"),
	[
		(DAILY, (2026, 11, 22, 8, 59), "2026-11-22 09:00"),
		(DAILY, (2026, 11, 22, 9, 0), "2026-11-23 09:00"),
		(DAILY, (2026, 12, 31, 23, 0), "2027-01-01 09:00"),
		(MONDAYS, (2026, 11, 22, 12, 0), "2026-11-23 09:00"),
		(MONDAYS, (2026, 11, 23, 8, 59), "2026-11-23 09:00"),
		(MONDAYS, (2026, 11, 23, 9, 0), "2026-11-30 09:00"),
		(Schedule(Rhythm.WEEKLY, time(17), 4), (2026, 11, 23, 9, 0), "2026-11-27 17:00"),
	],
)
def test_a_digest_is_due_at_its_time_of_day_and_on_its_day(schedule, after, due):
	assert shown(next_due(at(SHANGHAI, *after), schedule, SHANGHAI), SHANGHAI) == due


def test_a_digest_at_a_time_the_clock_skips_still_comes_that_day():
	schedule = Schedule(Rhythm.DAILY, time(2, 30))
	assert shown(next_due(at(BERLIN, 2026, 3, 28, 12), schedule, BERLIN), BERLIN) == "2026-03-29 03:30"
	assert shown(next_due(at(BERLIN, 2026, 3, 29, 12), schedule, BERLIN), BERLIN) == "2026-03-30 02:30"


def test_a_digest_at_a_time_the_clock_shows_twice_comes_once():
	schedule = Schedule(Rhythm.DAILY, time(2, 30))
	first = next_due(at(BERLIN, 2026, 10, 24, 12), schedule, BERLIN)
	assert first.astimezone(UTC).isoformat(" ", "minutes") == "2026-10-25 00:30+00:00"
	assert shown(next_due(first, schedule, BERLIN), BERLIN) == "2026-10-26 02:30"


@pytest.mark.parametrize(
	("now", "due"),
	[
		((2026, 11, 23, 8, 59), "2026-11-16 09:00"),
		((2026, 11, 23, 9, 0), "2026-11-23 09:00"),
		((2026, 11, 29, 23, 59), "2026-11-23 09:00"),
		((2026, 3, 30, 8, 0), "2026-03-23 09:00"),  # the night before the clocks changed
	],
)
def test_the_week_began_when_weekly_messages_were_due_last(now, due):
	assert shown(last_due(at(BERLIN, *now), MONDAYS, BERLIN), BERLIN) == due


@pytest.mark.parametrize(
	("last", "now", "may"),
	[
		(None, (2026, 11, 22, 9, 1), True),
		((2026, 11, 21, 9, 1), (2026, 11, 22, 8, 59), False),
		((2026, 11, 21, 9, 1), (2026, 11, 22, 9, 0), True),
		((2026, 11, 22, 8, 30), (2026, 11, 22, 9, 0), True),
	],
)
def test_each_period_has_at_most_one_digest(last, now, may):
	assert may_send(last and at(SHANGHAI, *last), at(SHANGHAI, *now), DAILY, SHANGHAI) is may


def wishes(**fields):
	return Wishes(**{"quiet": NIGHT, "zone": SHANGHAI, **fields})


EVENING, DAYTIME = at(SHANGHAI, 2026, 11, 22, 23), at(SHANGHAI, 2026, 11, 22, 15)
SEVEN, NINE = at(SHANGHAI, 2026, 11, 23, 7), at(SHANGHAI, 2026, 11, 23, 9)


@pytest.mark.parametrize(
	("now", "wanted", "message", "planned"),
	[
		(DAYTIME, wishes(), {}, Plan()),
		(EVENING, wishes(), {}, Plan(SEVEN)),
		(EVENING, wishes(), {"disturbs": Disturbs.NEVER}, Plan()),
		(EVENING, wishes(quiet_for=frozenset({Disturbs.PHONE})), {"disturbs": Disturbs.MAIL}, Plan()),
		(EVENING, wishes(quiet_for=frozenset({Disturbs.PHONE})), {"disturbs": Disturbs.PHONE}, Plan(SEVEN)),
		(EVENING, wishes(quiet=None), {}, Plan()),
		(DAYTIME, wishes(schedule=DAILY), {}, Plan()),
		(DAYTIME, wishes(schedule=DAILY), {"can_collect": True}, Plan(NINE, True)),
		(DAYTIME, wishes(schedule=DAILY), {"can_collect": True, "pressing": True}, Plan()),
		(
			DAYTIME,
			wishes(schedule=DAILY, pressing_at_once=False),
			{"can_collect": True, "pressing": True},
			Plan(NINE, True),
		),
		(EVENING, wishes(schedule=DAILY), {"can_collect": True, "pressing": True}, Plan(SEVEN)),
		# an interview before the digest would be old news by then
		(
			DAYTIME,
			wishes(schedule=DAILY, pressing_at_once=False),
			{"can_collect": True, "until": at(SHANGHAI, 2026, 11, 23, 8)},
			Plan(),
		),
		(DAYTIME, wishes(schedule=Schedule(Rhythm.DAILY, time(6))), {"can_collect": True}, Plan(SEVEN, True)),
	],
)
def test_when_a_message_goes(now, wanted, message, planned):
	assert plan(now, wanted, **message) == planned


def test_a_channel_is_as_the_company_says_until_the_person_says_otherwise():
	mine = Wishes(channels={"SMS": True, "Email": False})
	assert [wants(mine, channel, default) for channel, default in (("SMS", False), ("Email", True))] == [
		True,
		False,
	]
	assert [wants(mine, "Pigeon", default) for default in (True, False)] == [True, False]


@pytest.mark.parametrize(
	("now", "wanted", "last", "until"),
	[
		(NINE, wishes(schedule=DAILY), None, None),
		(NINE, wishes(schedule=DAILY), NINE - timedelta(hours=1), None),
		(NINE + timedelta(hours=1), wishes(schedule=DAILY), NINE, NINE + timedelta(days=1)),
		(EVENING, wishes(schedule=DAILY), None, SEVEN),
		(NINE + timedelta(hours=1), wishes(), NINE, None),
	],
)
def test_a_due_digest_waits_for_its_period_and_for_the_end_of_the_quiet_hours(now, wanted, last, until):
	assert digest_waits_until(now, wanted, last) == until


zones = st.sampled_from([SHANGHAI, BERLIN, NEW_YORK, LORD_HOWE, UTC])
clocks = st.times(max_value=time(23, 59)).map(lambda clock: clock.replace(second=0, microsecond=0))
quiets = st.one_of(st.none(), st.builds(QuietHours, clocks, clocks))
# two years with every kind of change of clocks
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
schedules = st.builds(Schedule, st.sampled_from([Rhythm.DAILY, Rhythm.WEEKLY]), clocks, st.integers(0, 6))


@given(moments, quiets, zones)
def test_no_moment_that_is_allowed_is_quiet_and_none_is_far_off(moment, quiet, zone):
	allowed = next_allowed(moment, quiet, zone)
	assert not is_quiet(allowed, quiet, zone)
	assert moment <= allowed <= moment + timedelta(hours=26)
	assert next_allowed(allowed, quiet, zone) == allowed
	assert allowed == moment or is_quiet(allowed - timedelta(microseconds=1), quiet, zone), (
		"not the first one"
	)


@given(moments, schedules, zones)
def test_the_next_digest_is_always_later_and_periods_do_not_overlap(moment, schedule, zone):
	due = next_due(moment, schedule, zone)
	longest = timedelta(days=8 if schedule.rhythm == Rhythm.WEEKLY else 1, hours=2)
	assert moment < due <= moment + longest
	assert not may_send(due, due, schedule, zone)
	assert may_send(moment, due, schedule, zone)


@settings(max_examples=150)
@given(
	told=st.lists(st.timedeltas(timedelta(0), timedelta(days=20)), max_size=15),
	ticks=st.lists(st.timedeltas(timedelta(0), timedelta(days=20)), max_size=40),
	start=moments,
	quiet=quiets,
	schedule=schedules,
	zone=zones,
	rhythm=st.sampled_from(list(Rhythm)),
)
def test_nothing_is_lost_nothing_comes_in_quiet_hours_and_a_period_has_one_digest(
	told, ticks, start, quiet, schedule, zone, rhythm
):
	"""Plays a person's outbox: messages are told and a sender comes by at any times, and again when each is due."""
	mine = Wishes(quiet=quiet, zone=zone, schedule=Schedule(rhythm, schedule.at, schedule.weekday))
	waiting, sent, digests, last = [], [], [], None
	happens = sorted(
		[(start + after, "tell") for after in told] + [(start + after, "tick") for after in ticks]
	)
	while happens:
		now, what = happens.pop(0)
		if what == "tell":
			planned = plan(now, mine, can_collect=True)
			waiting.append((planned.not_before or now, planned.in_digest))
			happens.append((planned.not_before or now, "tick"))
		due = [message for message in waiting if message[0] <= now]
		for message in [message for message in due if not message[1]]:
			assert not is_quiet(now, quiet, zone) or plan(now, mine).not_before
			if again := plan(now, mine).not_before:
				waiting[waiting.index(message)] = (again, False)
				happens.append((again, "tick"))
				continue
			waiting.remove(message)
			sent.append(now)
		collected = [message for message in due if message[1]]
		if collected:
			until = digest_waits_until(now, mine, last)
			for message in collected:
				waiting.remove(message)
			if until:
				waiting += [(until, True)] * len(collected)
				happens.append((until, "tick"))
			else:
				sent += [now] * len(collected)
				digests.append(now)
				last = now
		happens.sort()
	assert (waiting, len(sent)) == ([], len(told))
	assert not [moment for moment in sent if is_quiet(moment, quiet, zone)]
	periods = [next_due(moment, mine.schedule, zone) for moment in digests]
	assert len(periods) == len(set(periods))
