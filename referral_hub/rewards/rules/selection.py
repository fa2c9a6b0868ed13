"""Which rule pays for an opening: the most specific one that fits. Pure.

A rule fits when each of its conditions is empty or met; a department is met by the departments below it too.
Of the rules that fit, the one wins that says more about, in this order: designation, grade, department
(the nearer one in the tree), employment type, company, program, and last a period with both a first and a
last day. The first difference decides. Two rules that no difference can tell apart are a tie, refused on save.

Rules are found by index, not by trying each: the cost grows with the combinations of conditions in use.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date

from referral_hub.rewards.rules.terms import Promise


@dataclass(frozen=True)
class Conditions:
	"""What a rule asks of an opening; None means any. The order of the fields is the order of weight."""

	designation: str | None = None
	grade: str | None = None
	department: str | None = None
	employment_type: str | None = None
	company: str | None = None
	program: str | None = None

	def values(self) -> tuple:
		return tuple(getattr(self, name) for name in CONDITION_NAMES)

	def named(self) -> tuple[tuple[str, str], ...]:
		return tuple((name, getattr(self, name)) for name in CONDITION_NAMES if getattr(self, name))


CONDITION_NAMES = tuple(item.name for item in fields(Conditions))
DEPARTMENT = CONDITION_NAMES.index("department")


@dataclass(frozen=True)
class Rule:
	"""One Reward Rule."""

	name: str
	title: str = ""
	version: int = 1
	conditions: Conditions = field(default_factory=Conditions)
	valid_from: date | None = None
	valid_to: date | None = None
	promises: tuple[Promise, ...] = ()
	enabled: bool = True

	def is_limited(self) -> bool:
		return bool(self.valid_from and self.valid_to)

	def is_valid_on(self, day: date) -> bool:
		return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True)
class OpeningFacts:
	"""What the conditions look at. `departments`: the opening's own one first, then its ancestors upwards."""

	designation: str | None = None
	grade: str | None = None
	departments: tuple[str, ...] = ()
	employment_type: str | None = None
	company: str | None = None
	program: str | None = None

	def values(self, department: str | None) -> tuple:
		return (
			self.designation,
			self.grade,
			department,
			self.employment_type,
			self.company,
			self.program,
		)


class RuleBook:
	"""All enabled rules, indexed by the combination of conditions they use."""

	def __init__(self, rules: Iterable[Rule]):
		self._index: dict[tuple[bool, ...], dict[tuple, list[Rule]]] = {}
		for rule in rules:
			if rule.enabled:
				values = rule.conditions.values()
				pattern = tuple(value is not None for value in values)
				self._index.setdefault(pattern, {}).setdefault(values, []).append(rule)

	def select(self, facts: OpeningFacts, on: date) -> Rule | None:
		"""Return the most specific rule that fits, or None."""
		fitting = [rule for rule in self._fitting(facts) if rule.is_valid_on(on)]
		return min(fitting, key=lambda rule: _order(rule, facts), default=None)

	def _fitting(self, facts: OpeningFacts):
		for pattern, rules in self._index.items():
			for department in facts.departments if pattern[DEPARTMENT] else (None,):
				values = zip(pattern, facts.values(department), strict=True)
				yield from rules.get(tuple(value if asked else None for asked, value in values), ())


def tied_with(rule: Rule, others: Iterable[Rule]) -> Rule | None:
	"""Return another enabled rule that can fit the same opening on the same day with the same weight."""
	if not rule.enabled:
		return None
	return next((other for other in others if other.name != rule.name and _is_tie(rule, other)), None)


def _order(rule: Rule, facts: OpeningFacts) -> tuple:
	"""Return a key that sorts the most specific rule first."""
	weights = [0 if value is None else -1 for value in rule.conditions.values()]
	if rule.conditions.department:
		weights[DEPARTMENT] = facts.departments.index(rule.conditions.department) - len(facts.departments)
	return (*weights, not rule.is_limited(), rule.name)


def _is_tie(one: Rule, other: Rule) -> bool:
	return (
		other.enabled
		and one.conditions == other.conditions
		and one.is_limited() == other.is_limited()
		and (one.valid_from or date.min) <= (other.valid_to or date.max)
		and (other.valid_from or date.min) <= (one.valid_to or date.max)
	)
