"""Which rules are tried: those in force, drafts in place of what they replace, and what is left out. Pure.

A draft for the same openings is written to take a rule's place. Where drafts hold for the whole period the rule is gone;
where they are taken as dated it goes on before and after them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from referral_hub.rewards.rules.selection import Rule, tied_with

ONE_DAY = timedelta(1)


@dataclass
class Choice:
	"""The rules in force, those tried instead, and the titles of what gave way to a draft."""

	current: list[Rule]
	tried: list[Rule]
	replaced: list[str] = field(default_factory=list)


def as_tried(draft: Rule, as_dated: bool) -> Rule:
	"""Return a draft as if it were switched on: for the whole period, unless it is to be taken as dated."""
	draft = replace(draft, enabled=True)
	return draft if as_dated else _undated(draft)


def collision(drafts: list[Rule]) -> tuple[Rule, Rule] | None:
	"""Return two drafts that are for the same openings, if there are: nobody could say which one pays."""
	pairs = ((draft, tied_with(draft, drafts[:place])) for place, draft in enumerate(drafts))
	return next(((draft, other) for draft, other in pairs if other), None)


def choose(
	current: list[Rule], drafts: list[Rule], leave_out: Collection[str] = (), only_drafts: bool = False
) -> Choice:
	"""Choose the rules to try among those in force and drafts `as_tried`."""
	named = {*leave_out, *(draft.name for draft in drafts)}
	kept = [] if only_drafts else [rule for rule in current if rule.name not in named]
	tried, replaced = [], []
	for rule in kept:
		takers = [draft for draft in drafts if _replaces(draft, rule) and _meet(draft, rule)]
		tried.extend(_rests(rule, takers))
		if takers:
			replaced.append(rule.title)
	return Choice(current, [*tried, *drafts], sorted(replaced))


def _replaces(draft: Rule, rule: Rule) -> bool:
	return tied_with(_undated(draft), [_undated(rule)]) is not None


def _undated(rule: Rule) -> Rule:
	return replace(rule, valid_from=None, valid_to=None)


def _meet(one: Rule, other: Rule) -> bool:
	"""Say whether there is a day on which both hold."""
	first = max(one.valid_from or date.min, other.valid_from or date.min)
	return first <= min(one.valid_to or date.max, other.valid_to or date.max)


def _rests(rule: Rule, takers: Iterable[Rule]) -> list[Rule]:
	"""Return a rule on the days on which no draft takes its place."""
	rests = [rule]
	for taker in takers:
		rests = [rest for part in rests for rest in _without(part, taker)]
	return rests


def _without(rule: Rule, taker: Rule) -> list[Rule]:
	"""A draft with a first and a last day comes before a rule without both by itself, see `selection`."""
	if not _meet(rule, taker) or (taker.is_limited() and not rule.is_limited()):
		return [rule]
	first, last = taker.valid_from, taker.valid_to
	before = first and (rule.valid_from or date.min) < first
	after = last and last < (rule.valid_to or date.max)
	return [
		*([replace(rule, valid_to=first - ONE_DAY)] if before else []),
		*([replace(rule, valid_from=last + ONE_DAY)] if after else []),
	]
