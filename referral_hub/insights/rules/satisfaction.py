"""What answers to the survey come to: the score, how the questions were judged, what was named; and what is told of them. Pure.

The score is the Net Promoter Score: the share of 9 and 10 less the share of 0 to 6, from -100 to 100
(F. Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from referral_hub.insights.rules import hiding
from referral_hub.insights.rules.hiding import LEAST, People

PROMOTERS_FROM, DETRACTORS_TO = 9, 6
MONTH = "Month"


class Step(StrEnum):
	ANSWERS = "answers"
	WORDS = "words"


@dataclass(frozen=True, slots=True)
class Response:
	"""One answer; `groups` says {table: group} where it belongs, `month` is YYYY-MM."""

	score: int
	month: str
	groups: Mapping[str, str]
	ratings: Mapping[str, int]
	themes: tuple[str, ...] = ()
	is_anonymous: bool = False
	has_words: bool = False


@dataclass(frozen=True, slots=True)
class Line:
	"""What a group's answers come to; nothing but its name where it is too small to be told."""

	group: str
	answers: int = 0
	named: int = 0
	score: int | None = None
	ratings: Mapping[str, float] | None = None
	themes: tuple[tuple[str, int], ...] = ()

	@property
	def is_hidden(self) -> bool:
		return self.score is None


@dataclass(frozen=True, slots=True)
class Told:
	"""The groups of one table, all answers that are counted, and whether words without a name are read."""

	lines: tuple[Line, ...]
	whole: Line
	words: People

	def is_open(self, group: str | None) -> bool:
		"""Say whether the records of a group may be listed; None: of all."""
		lines = [self.whole] if group is None else [line for line in self.lines if line.group == group]
		return any(not line.is_hidden for line in lines)


def score(scores: Collection[int]) -> int | None:
	if not scores:
		return None
	promoters = sum(value >= PROMOTERS_FROM for value in scores)
	detractors = sum(value <= DETRACTORS_TO for value in scores)
	return round(100 * (promoters - detractors) / len(scores))


def told(responses: list[Response], by: str, tables: Collection[str], this_month: str) -> Told:
	"""Return what may be told of these answers, grouped by one of the tables.

	An answer without a name counts once its month is over, with at least four others.
	"""
	unnamed = {number for number, one in enumerate(responses) if one.is_anonymous and one.month < this_month}
	everybody = hiding.settled(_grouped(responses, unnamed, MONTH))
	members = {table: _settled(responses, everybody, table) for table in tables}
	open_to = hiding.told(members, everybody)
	named = frozenset(number for number, one in enumerate(responses) if not one.is_anonymous)
	counted = {
		table: {
			group: people
			| (members[table].get(group, frozenset()) if group in open_to[table] else frozenset())
			for group, people in _all_groups(responses, named, table).items()
		}
		for table in tables
	}
	whole = named | everybody
	shown = hiding.told(counted, whole, crossed=False)  # who gave their name is known anyway
	lines = [_line(group, responses, people, group in shown[by]) for group, people in counted[by].items()]
	words = frozenset(number for number in everybody if responses[number].has_words)
	return Told(
		tuple(sorted(lines, key=lambda line: (line.is_hidden, -line.answers, line.group))),
		_line("", responses, whole, len(whole) >= LEAST),
		words if len(words) >= LEAST else frozenset(),
	)


def _settled(responses: list[Response], everybody: People, table: str) -> dict[str, People]:
	if table == MONTH:
		return dict(_grouped(responses, everybody, MONTH))
	return {
		group: hiding.settled(_grouped(responses, people, MONTH))
		for group, people in _grouped(responses, everybody, table).items()
	}


def _all_groups(responses: list[Response], named: People, table: str) -> dict[str, People]:
	"""Return every group there is, with those in it who gave their name."""
	groups = {one.groups[table]: frozenset() for one in responses}
	return groups | dict(_grouped(responses, named, table))


def _grouped(responses: list[Response], people: Collection[int], table: str) -> dict[str, People]:
	found: dict[str, set[int]] = defaultdict(set)
	for number in people:
		one = responses[number]
		found[one.month if table == MONTH else one.groups[table]].add(number)
	return {group: frozenset(numbers) for group, numbers in found.items()}


def _line(group: str, responses: list[Response], people: People, is_told: bool) -> Line:
	if not is_told:
		return Line(group)
	of_group = [responses[number] for number in sorted(people)]
	named = Counter(theme for one in of_group for theme in one.themes)
	return Line(
		group,
		len(of_group),
		sum(not one.is_anonymous for one in of_group),
		score([one.score for one in of_group]),
		_ratings(of_group),
		tuple(sorted(named.items(), key=lambda item: (-item[1], item[0]))),
	)


def _ratings(of_group: list[Response]) -> dict[str, float]:
	"""Return how each question was judged in the middle, where enough answered it."""
	said: dict[str, list[int]] = defaultdict(list)
	for one in of_group:
		for question, value in one.ratings.items():
			said[question].append(value)
	return {
		question: round(sum(values) / len(values), 1)
		for question, values in said.items()
		if len(values) >= LEAST
	}
