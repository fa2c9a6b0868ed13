"""Which rule pays: the most specific one that fits the opening, its program and the referrer. Pure.

A rule fits when each of its conditions is empty or met; a department is met by the departments below it too.
Of the rules that fit, the one wins that says more about, in the order of the fields of `Conditions`: the first
difference decides, of two departments the nearer one, of two badges the later one, and last a period with both a first and a last day.
Two rules that no difference can tell apart are a tie, refused on save.

Rules are found by index, not by trying each: the cost grows with the combinations of conditions in use, and what
was found for one set of facts is remembered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import product

from referral_hub.rewards.rules.promising.factors import MULTIPLY, Factor
from referral_hub.rewards.rules.terms import Promise


@dataclass(frozen=True)
class Conditions:
	"""What a rule asks; None means any. The order of the fields is the order of weight."""

	designation: str | None = None
	grade: str | None = None
	department: str | None = None
	employment_type: str | None = None
	difficulty: str | None = None
	urgency: str | None = None
	company: str | None = None
	referrer_designation: str | None = None
	referrer_grade: str | None = None
	referrer_department: str | None = None
	referrer_badge: str | None = None
	program: str | None = None

	def values(self) -> tuple:
		return tuple(getattr(self, name) for name in CONDITION_NAMES)

	def named(self) -> tuple[tuple[str, str], ...]:
		return tuple((name, getattr(self, name)) for name in CONDITION_NAMES if getattr(self, name))


CONDITION_NAMES = tuple(item.name for item in fields(Conditions))
SEVERAL = {
	"department": "departments",
	"referrer_department": "referrer_departments",
	"referrer_badge": "referrer_badges",
}


@dataclass(frozen=True)
class Rule:
	"""One Reward Rule. `hire`: what the hire must be, known only then. `period`: set when several hires are counted."""

	name: str
	title: str = ""
	version: int = 1
	conditions: Conditions = field(default_factory=Conditions)
	valid_from: date | None = None
	valid_to: date | None = None
	promises: tuple[Promise, ...] = ()
	enabled: bool = True
	factors: tuple[Factor, ...] = ()
	stacking: str = MULTIPLY
	hire: tuple[tuple[str, str], ...] = ()
	choose_within_days: int = 0
	period: str = ""

	def is_limited(self) -> bool:
		return bool(self.valid_from and self.valid_to)

	def is_valid_on(self, day: date) -> bool:
		return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True)
class OpeningFacts:
	"""What the conditions look at. Departments: the own one first, then its ancestors upwards; badges: the latest first."""

	designation: str | None = None
	grade: str | None = None
	departments: tuple[str, ...] = ()
	employment_type: str | None = None
	company: str | None = None
	program: str | None = None
	difficulty: str | None = None
	urgency: str | None = None
	referrer_designation: str | None = None
	referrer_grade: str | None = None
	referrer_departments: tuple[str, ...] = ()
	referrer_badges: tuple[str, ...] = ()

	def answers(self, name: str) -> tuple:
		"""Return every value of a condition that is met."""
		return getattr(self, SEVERAL[name]) if name in SEVERAL else (getattr(self, name),)


class RuleBook:
	"""All enabled rules, indexed by the combination of conditions they use."""

	def __init__(self, rules: Iterable[Rule]):
		self._index: dict[tuple[bool, ...], dict[tuple, list[Rule]]] = {}
		self._known: dict[OpeningFacts, tuple[Rule, ...]] = {}
		for rule in rules:
			if rule.enabled:
				values = rule.conditions.values()
				pattern = tuple(value is not None for value in values)
				self._index.setdefault(pattern, {}).setdefault(values, []).append(rule)

	def select(self, facts: OpeningFacts, on: date) -> Rule | None:
		"""Return the most specific rule that fits, or None."""
		return next((rule for rule in self.fitting(facts) if rule.is_valid_on(on)), None)

	def fitting(self, facts: OpeningFacts) -> tuple[Rule, ...]:
		"""Return the rules that fit on any day, the most specific one first."""
		if facts not in self._known:
			found = sorted(self._find(facts), key=lambda rule: _order(rule, facts))
			self._known[facts] = tuple(found)
		return self._known[facts]

	def _find(self, facts: OpeningFacts):
		for pattern, rules in self._index.items():
			choices = (
				facts.answers(name) if asked else (None,)
				for name, asked in zip(CONDITION_NAMES, pattern, strict=True)
			)
			for values in product(*choices):
				yield from rules.get(values, ())


@dataclass(frozen=True)
class NotMet:
	"""A condition of a rule that the facts do not meet."""

	condition: str
	wanted: str
	found: str | None


def unmet(rule: Rule, facts: OpeningFacts) -> list[NotMet]:
	"""Return every condition that stands against a rule, in the order of weight."""
	return [
		NotMet(name, wanted, next(iter(facts.answers(name)), None))
		for name, wanted in rule.conditions.named()
		if wanted not in facts.answers(name)
	]


def tied_with(rule: Rule, others: Iterable[Rule]) -> Rule | None:
	"""Return another enabled rule that can fit the same opening on the same day with the same weight."""
	if not rule.enabled:
		return None
	return next((other for other in others if other.name != rule.name and _is_tie(rule, other)), None)


def _order(rule: Rule, facts: OpeningFacts) -> tuple:
	"""Return a key that sorts the most specific rule first."""
	weights = tuple(_weight(name, getattr(rule.conditions, name), facts) for name in CONDITION_NAMES)
	return (*weights, not rule.is_limited(), rule.name)


def _weight(name: str, wanted: str | None, facts: OpeningFacts) -> int:
	"""A condition that is asked weighs more than none; of several answers, the first the most."""
	if wanted is None:
		return 0
	answers = facts.answers(name)
	return answers.index(wanted) - len(answers)


def _is_tie(one: Rule, other: Rule) -> bool:
	return (
		other.enabled
		and bool(one.period) == bool(other.period)
		and one.conditions == other.conditions
		and one.is_limited() == other.is_limited()
		and (one.valid_from or date.min) <= (other.valid_to or date.max)
		and (other.valid_from or date.min) <= (one.valid_to or date.max)
	)
