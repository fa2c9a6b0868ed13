"""Who fits an opening, and why: a score of a hundred, what is met, missing and unknown, with the words it was judged by.

Pure and deterministic: equal profiles have equal scores, in whatever order rows and people come. The share of what is asked that is
met, by weight, unknown counting a quarter; confidence is the share that is known at all. A must-have that is missing rules out; one that is
unknown keeps the score below what would be called a fit.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass

from referral_hub.matching.rules.asking import Asked, asked_by
from referral_hub.matching.rules.judging import State, Verdict, judge
from referral_hub.matching.rules.profile import Facts, Profile, facts
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.referrals.rules.requirements.assessing import Requirement

# at most, where a must-have is missing (and shown all the same), or unknown
RULED_OUT_CAP, UNKNOWN_MUST_CAP = 20, 75


@dataclass(frozen=True)
class Reason:
	"""One requirement, as its row says it, and the words of the profile."""

	requirement: Requirement
	words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
	key: str
	score: int
	confidence: int
	met: tuple[Reason, ...] = ()
	missing: tuple[Reason, ...] = ()
	unknown: tuple[Reason, ...] = ()
	closeness: int = 0

	@property
	def ruled_out(self) -> bool:
		return any(reason.requirement.must_have for reason in self.missing)

	@property
	def rank(self) -> tuple:
		"""The best are smallest."""
		return -self.score, -self.closeness, -self.confidence, self.key


def match(
	opening: Iterable[Requirement],
	profiles: Iterable[Profile],
	top: int = 20,
	*,
	vocabulary: Vocabulary,
	ruled_out: bool = False,
) -> list[Match]:
	"""Return whom an opening fits, the best first: who meets nothing is nobody's match, who lacks a must-have only if asked for."""
	rows = asked_by(opening, vocabulary)
	found = (explain(rows, facts(profile, vocabulary), vocabulary) for profile in profiles)
	return best(found, top, ruled_out=ruled_out)


def best(matches: Iterable[Match], top: int, *, ruled_out: bool = False) -> list[Match]:
	wanted = (one for one in matches if one.met and (ruled_out or not one.ruled_out))
	return heapq.nsmallest(top, wanted, key=lambda one: one.rank)


def openings_for(
	profile: Profile, openings: dict[str, list[Requirement]], top: int = 5, *, vocabulary: Vocabulary
) -> list[Match]:
	"""Return the openings that fit somebody, each named by its key."""
	person = facts(profile, vocabulary)
	found = (explain(asked_by(rows, vocabulary), person, vocabulary, key) for key, rows in openings.items())
	return best(found, top)


def explain(rows: list[Asked], person: Facts, vocabulary: Vocabulary, key: str | None = None) -> Match:
	"""Return how one person stands to what is asked."""
	judged = [(row, judge(row, person, vocabulary)) for row in rows]
	return told(judged, person.key if key is None else key)


def told(judged: list[tuple[Asked, Verdict]], key: str) -> Match:
	"""Return what rows that were judged come to."""
	rows = [row for row, _verdict in judged]
	reasons = {
		state: tuple(Reason(row.row, verdict.words) for row, verdict in judged if verdict.state == state)
		for state in State
	}
	return Match(
		key,
		score_of(judged),
		_share(sum(row.weight for row, verdict in judged if verdict.state != State.UNKNOWN), rows),
		reasons[State.MET],
		reasons[State.MISSING],
		reasons[State.UNKNOWN],
		sum(row.weight * verdict.closeness for row, verdict in judged),
	)


def score_of(judged: list[tuple[Asked, Verdict]]) -> int:
	total = sum(row.weight for row, _verdict in judged)
	if not total:
		return 0
	credit = sum(row.weight * verdict.credit for row, verdict in judged)
	musts = {verdict.state for row, verdict in judged if row.row.must_have}
	cap = UNKNOWN_MUST_CAP if State.UNKNOWN in musts else 100
	cap = RULED_OUT_CAP if State.MISSING in musts else cap
	return min(cap, rounded(credit, total))


def rounded(credit: int, total: int) -> int:
	"""Return credit by total, a half rounded up; in whole numbers, so that no order of adding changes it."""
	return (2 * credit + total) // (2 * total)


def _share(known: int, rows: list[Asked]) -> int:
	total = sum(row.weight for row in rows)
	return rounded(100 * known, total) if total else 0
