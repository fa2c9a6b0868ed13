"""What scorers of other apps may do to a score: a little, each and together, said in the result.

Pure. What is no number, or none at all, says nothing. Who does not fit at all is not made to fit, and nobody passes the bound that a draft or an
unknown must-have sets.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from numbers import Real

from referral_hub.matching.rules.engine import UNKNOWN_MUST_CAP
from referral_hub.matching.rules.pool.pooling import MOST_BY_DRAFT
from referral_hub.talent.rules.fitting import CONFIRMED, Fit, Note

# points of a hundred: by one scorer, and by all
MOST_BY_ONE, MOST_BY_ALL = 10, 15


def points_of(said: object) -> int:
	"""Return the points of a number from -1 to 1; 0 of anything else."""
	if not isinstance(said, Real) or isinstance(said, bool) or not math.isfinite(said):
		return 0
	return round(MOST_BY_ONE * max(-1.0, min(1.0, float(said))))


def weighed(fits: Sequence[Fit], said: Iterable[tuple[str, Sequence]]) -> list[Fit]:
	"""Return the fits with what scorers say of them, the best first.

	`said`: (name of the scorer, what it says of each fit, in their order); a list of another length is left out.
	"""
	notes: list[list[Note]] = [[] for _fit in fits]
	for scorer, numbers in said:
		if len(numbers) == len(fits):
			for place, number in enumerate(numbers):
				if points := points_of(number):
					notes[place].append(Note(scorer, points))
	found = [_with(fit, tuple(own)) for fit, own in zip(fits, notes, strict=True)]
	return sorted(found, key=lambda fit: -fit.score)


def _with(fit: Fit, notes: tuple[Note, ...]) -> Fit:
	together = sum(note.points for note in notes)
	points = max(-MOST_BY_ALL, min(MOST_BY_ALL, together))
	most = max(fit.score, _bound(fit))
	return replace(fit, score=max(1, min(most, fit.score + points)), notes=notes) if notes else fit


def _bound(fit: Fit) -> int:
	if fit.basis != CONFIRMED:
		return MOST_BY_DRAFT
	open_must = any(reason.requirement.must_have for reason in fit.unknown)
	return UNKNOWN_MUST_CAP if open_must else 100
