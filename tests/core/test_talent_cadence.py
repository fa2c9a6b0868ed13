"""Who is called when: no prompt twice, none after a no, none lost over a weekend or an outage."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.talent.rules import cadence
from referral_hub.talent.rules.cadence import (
	DONE,
	LIVING,
	OPEN,
	SKIPPED,
	SNOOZED,
	STOPPED,
	Asked,
	Limits,
	Person,
	Step,
)

DAY = date(2026, 1, 5)  # a Monday
STEPS = (Step(30), Step(90), Step(180))
SOMEBODY = Person(started_on=DAY, entered_on=DAY)


def on(days: int) -> date:
	return DAY + timedelta(days)


def asked(days: int | None, state: str = DONE, closed: int | None = None) -> Asked:
	return Asked(days, state, on(closed) if closed is not None else None)


@pytest.mark.parametrize(
	("person", "step", "day"),
	[
		({}, 30, 30),
		({"prompts": (asked(30, DONE, 31),)}, 90, 90),
		({"prompts": (asked(30, SKIPPED, 31), asked(90, DONE, 95))}, 180, 180),
		({"prompts": (asked(30, DONE, 31), asked(90, DONE, 95), asked(180, DONE, 180))}, None, None),
		# one at a time
		({"prompts": (asked(30, OPEN),)}, None, None),
		({"prompts": (asked(30, SNOOZED),)}, None, None),
		({"prompts": (asked(None, SNOOZED),)}, None, None),
		# quiet after a contact, and after a prompt was closed late
		({"last_contact_on": on(29)}, 30, 43),
		({"last_contact_on": on(10)}, 30, 30),
		({"prompts": (asked(30, DONE, 85),)}, 90, 99),
		# known from the history: only the last step that is over, and then on
		({"entered_on": on(1000)}, 180, 1000),
		({"entered_on": on(100)}, 90, 100),
		({"entered_on": on(30)}, 30, 30),
		({"entered_on": on(100), "prompts": (asked(90, DONE, 101),)}, 180, 180),
		# over
		({"may_be_called": False}, None, None),
		({"has_answered": True}, None, None),
		({"unanswered": 2}, 30, 30),
		({"unanswered": 3}, None, None),
		# a prompt somebody set for themselves uses up no step
		({"prompts": (asked(None, DONE, 5),)}, 30, 30),
	],
)
def test_the_next_step_and_its_day(person, step, day):
	found = cadence.upcoming(replace(SOMEBODY, **person), STEPS, Limits())
	assert (found and found.step.after_days, found and found.on) == (step, None if day is None else on(day))


def test_a_reason_with_steps_of_its_own_has_only_those():
	steps = (Step(90), Step(30), Step(7, reason="No-show"), Step(7, "twice", reason="No-show"))
	assert [step.after_days for step in cadence.steps_for("Withdrawn", steps)] == [30, 90]
	assert cadence.steps_for("No-show", steps) == (Step(7, reason="No-show"),)


def test_a_step_waits_over_days_off():
	weekend = Limits(days_off=frozenset({on(30), on(31)}))
	days = [cadence.due(SOMEBODY, STEPS, weekend, on(day)) is not None for day in (29, 30, 31, 32)]
	assert days == [False, False, False, True]


def test_no_limit_of_calls_is_no_limit():
	assert cadence.why_over(replace(SOMEBODY, unanswered=99), Limits(most_unanswered=0)) is None


def test_who_waits_long_comes_before_who_is_likelier():
	assert (
		cadence.order(20, on(0), on(61))
		> cadence.order(80, on(61), on(61))
		> cadence.order(20, on(2), on(61))
	)


# any life of anybody

steps_of_anybody = st.lists(st.integers(0, 60), max_size=5, unique=True).map(
	lambda days: tuple(Step(day) for day in sorted(days))
)
# what happens on a day after the prompts were made: nothing, a call without answer, an answer, a no, the prompt is handled
EVENTS = ("", "", "", "call", "done", "done", "skip", "snooze", "answer", "no", "hired", "by hand")
days_of_anybody = st.lists(st.tuples(st.sampled_from(EVENTS), st.booleans()), max_size=120)


class Life:
	"""A person, day by day: `ran` says whether the nightly run took place."""

	def __init__(self, steps, limits, entered):
		self.steps, self.limits, self.today = steps, limits, on(entered)
		self.person = Person(DAY, self.today)
		self.until, self.log = None, []

	def pass_day(self, event: str, ran: bool) -> None:
		if ran:
			self.prompt()
		self.happen(event)
		self.today += timedelta(1)

	def prompt(self) -> None:
		living = self.living()
		if living and living.state == SNOOZED and cadence.wakes(self.until, self.limits, self.today):
			self.change(living, OPEN)
		if found := cadence.due(self.person, self.steps, self.limits, self.today):
			self.log.append((found.step.after_days, self.today))
			self.add(Asked(found.step.after_days, OPEN))

	def happen(self, event: str) -> None:
		living = self.living()
		if event == "call" or (event == "done" and living):
			self.person = replace(
				self.person, unanswered=self.person.unanswered + 1, last_contact_on=self.today
			)
		if event in ("done", "skip") and living:
			self.change(living, {"done": DONE, "skip": SKIPPED}[event])
		elif event == "snooze" and living:
			self.until = self.today + timedelta(3)
			self.change(living, SNOOZED)
		elif event == "by hand" and not living and not cadence.why_over(self.person, self.limits):
			self.until = self.today + timedelta(2)
			self.add(Asked(None, SNOOZED))
		elif event in ("answer", "no", "hired"):
			key = "has_answered" if event == "answer" else "may_be_called"
			self.person = replace(self.person, **{key: event == "answer"})
			if living:
				self.change(living, STOPPED)

	def living(self) -> Asked | None:
		return next((one for one in self.person.prompts if one.state in LIVING), None)

	def add(self, one: Asked) -> None:
		self.person = replace(self.person, prompts=(*self.person.prompts, one))

	def change(self, one: Asked, state: str) -> None:
		closed = None if state in LIVING else self.today
		others = tuple(other for other in self.person.prompts if other is not one)
		self.person = replace(self.person, prompts=(*others, Asked(one.after_days, state, closed)))


lives = st.builds(
	Life,
	steps_of_anybody,
	st.builds(
		Limits,
		quiet_days=st.integers(0, 20),
		most_unanswered=st.integers(0, 4),
		days_off=st.frozensets(st.integers(0, 140).map(on), max_size=40),
	),
	st.integers(0, 70),
)


@given(lives, days_of_anybody)
def test_no_prompt_is_doubled_and_none_comes_after_a_no(life, days):
	for event, ran in days:
		was_over, before = cadence.why_over(life.person, life.limits), len(life.log)
		life.pass_day(event, ran)
		assert not (was_over and len(life.log) > before)
		assert sum(one.state in LIVING for one in life.person.prompts) <= 1
	steps = [step for step, _day in life.log]
	assert steps == sorted(set(steps))
	assert all(day not in life.limits.days_off for _step, day in life.log)


@given(lives, days_of_anybody)
def test_none_is_lost_over_days_off_or_an_outage(life, days):
	"""Whatever happened before: once the runs take place and each prompt is handled, every step that was left is asked for."""
	life.limits = replace(life.limits, most_unanswered=0)
	for event, ran in days:
		life.pass_day("" if event in ("answer", "no", "hired") else event, ran)
	for _day in range(60 + 5 * 30 + 60):
		life.pass_day("skip", ran=True)
	first_day = DAY + timedelta((life.person.entered_on - DAY).days)
	over = [step.after_days for step in life.steps if on(step.after_days) < first_day]
	expected = over[-1:] + [step.after_days for step in life.steps if on(step.after_days) >= first_day]
	assert [step for step, _day in life.log] == expected


@given(lives, days_of_anybody)
def test_between_two_steps_there_is_quiet(life, days):
	for event, ran in days:
		life.pass_day(event, ran)
	moments = [day for _step, day in life.log]
	assert all(later - earlier >= timedelta(life.limits.quiet_days) for earlier, later in pairwise(moments))
