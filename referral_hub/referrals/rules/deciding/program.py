"""Which program a referral falls under: those that fit the opening, the employee and the day; of these the most specific.

Pure. `choose` is the one place that decides, for the submission, the portal's offers and the rules page alike; its
answer does not depend on the order of the list. Two programs that fit the same people equally well contradict each
other: the newer one applies, and HR is warned when it saves one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

_EVERYTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Program:
	"""When a program runs and for whom; an empty set means everybody."""

	name: str
	exists: bool = True
	enabled: bool = True
	starts_on: date | None = None
	ends_on: date | None = None
	companies: frozenset[str] = _EVERYTHING
	departments: frozenset[str] = _EVERYTHING
	grades: frozenset[str] = _EVERYTHING
	opening_departments: frozenset[str] = _EVERYTHING
	made_on: datetime = datetime.min

	def runs_on(self, day: date) -> bool:
		return self.enabled and not (
			(self.starts_on and day < self.starts_on) or (self.ends_on and day > self.ends_on)
		)

	@property
	def scopes(self) -> tuple[frozenset[str], ...]:
		return self.companies, self.departments, self.grades, self.opening_departments

	@property
	def specificity(self) -> tuple[int, bool]:
		"""How much the program names, then whether it is a campaign with an end."""
		return sum(map(bool, self.scopes)), self.ends_on is not None


@dataclass(frozen=True)
class Place:
	"""Where an opening or an employee belongs; departments are its own and those above it, nearest first."""

	company: str | None = None
	departments: tuple[str, ...] = ()
	grade: str | None = None


def choose(
	programs: Iterable[Program], opening: Place | None, referrer: Place, today: date
) -> Program | None:
	"""Return the program that applies: the most specific of those that fit, then the newest."""
	fitting = [program for program in programs if why_not(program, opening, referrer, today) is None]
	return max(fitting, key=lambda program: _rank(program, opening, referrer), default=None)


def newest(programs: Iterable[Program]) -> Program | None:
	"""Return the program whose reason is told when none fits."""
	return max(programs, key=lambda program: (program.made_on, program.name), default=None)


def why_not(program: Program, opening: Place | None, referrer: Place, today: date) -> str | None:
	"""Return why a program does not apply, as one word, or None when it does."""
	if not program.exists:
		return "program_missing"
	return _why_not_today(program, today) or _why_not_here(program, opening, referrer)


def contradicts(one: Program, other: Program) -> bool:
	"""Say whether two programs can apply to the same referral with nothing but their age to tell them apart."""
	if not (one.enabled and other.enabled) or one.name == other.name:
		return False
	together = all(
		not mine or not theirs or mine & theirs for mine, theirs in zip(one.scopes, other.scopes, strict=True)
	)
	return together and one.specificity == other.specificity and _overlap(one, other)


def _why_not_today(program: Program, today: date) -> str | None:
	if not program.enabled:
		return "program_disabled"
	if program.starts_on and today < program.starts_on:
		return "program_not_started"
	if program.ends_on and today > program.ends_on:
		return "program_ended"
	return None


def _why_not_here(program: Program, opening: Place | None, referrer: Place) -> str | None:
	company = opening.company if opening else referrer.company
	if program.companies and company not in program.companies:
		return "program_of_other_company"
	if program.departments and not program.departments.intersection(referrer.departments):
		return "program_of_other_department" if referrer.departments else "employee_has_no_department"
	if program.grades and referrer.grade not in program.grades:
		return "program_of_other_grade" if referrer.grade else "employee_has_no_grade"
	if program.opening_departments and not (
		opening and program.opening_departments.intersection(opening.departments)
	):
		return "program_of_other_openings"
	return None


def _rank(program: Program, opening: Place | None, referrer: Place) -> tuple:
	return (
		program.specificity,
		-_distance(program.opening_departments, opening.departments if opening else ()),
		-_distance(program.departments, referrer.departments),
		program.made_on,
		program.name,
	)


def _distance(named: frozenset[str], departments: tuple[str, ...]) -> int:
	"""How far above the department itself the nearest one is that the program names."""
	return next((steps for steps, name in enumerate(departments) if name in named), 0)


def _overlap(one: Program, other: Program) -> bool:
	return (one.starts_on or date.min) <= (other.ends_on or date.max) and (other.starts_on or date.min) <= (
		one.ends_on or date.max
	)
