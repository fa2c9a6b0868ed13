"""Which badges somebody has earned by rule, and on which day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from referral_hub.recognition.rules.done import Referred, months_after

REFERRALS, HIRES, STAYED, DEPARTMENTS = "Referrals", "Hires", "Hires Who Stayed", "Departments of Hires"
RULES = (REFERRALS, HIRES, STAYED, DEPARTMENTS)


@dataclass(frozen=True, slots=True)
class BadgeRule:
	badge: str
	counts: str
	at_least: int
	# how long it is valid; 0: for good
	months: int = 0


def earned(rules: Iterable[BadgeRule], people: Iterable[Referred]) -> dict[str, date]:
	"""Return each badge whose count is reached, with the day it was."""
	people = [*people]
	found = {rule.badge: _reached_on(rule, people) for rule in rules}
	return {badge: day for badge, day in found.items() if day}


def earned_again(rule: BadgeRule, people: Iterable[Referred], given_on: date, today: date) -> date | None:
	"""Return when a badge that has run out was earned anew, by what was done after it was given; None when that has run out too."""
	day = _reached_on(rule, [*people], after=given_on)
	runs_out = day and rule.months and months_after(day, rule.months) < today
	return None if runs_out else day


def is_still_earned(rule: BadgeRule, people: Iterable[Referred]) -> bool:
	"""Say whether what a badge was given for still stands; whether a hire stays may be open anew where HR waits longer."""
	people = [*people]
	open_again = sum(each.joined_on is not None and each.settled_on is None for each in people)
	number = len([*_days(rule.counts, people)]) + (open_again if rule.counts == STAYED else 0)
	return number >= rule.at_least


def _reached_on(rule: BadgeRule, people: list[Referred], after: date = date.min) -> date | None:
	days = sorted(day for day in _days(rule.counts, people) if day > after)
	return days[rule.at_least - 1] if 0 < rule.at_least <= len(days) else None


def _days(counts: str, people: list[Referred]) -> Iterable[date]:
	if counts == REFERRALS:
		return [each.submitted_on for each in people]
	if counts == HIRES:
		return [each.joined_on for each in people if each.joined_on]
	if counts == STAYED:
		return [each.settled_on for each in people if each.stayed and each.settled_on]
	first: dict[str, date] = {}
	for each in people:
		if each.joined_on and each.department:
			first[each.department] = min(each.joined_on, first.get(each.department, each.joined_on))
	return first.values()
