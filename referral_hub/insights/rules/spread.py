"""What is usual among many, told from how often each value stands there: the database counts, nobody lists. Pure."""

from collections.abc import Iterable
from math import ceil


def median(counted: Iterable[tuple[int, int]]) -> float | None:
	"""Return the median of values, each with how often it stands there; None of nothing."""
	ordered = _ordered(counted)
	whole = sum(number for _value, number in ordered)
	if not whole:
		return None
	return (_at(ordered, (whole - 1) // 2) + _at(ordered, whole // 2)) / 2


def nine_of_ten(counted: Iterable[tuple[int, int]]) -> int | None:
	"""Return the value that nine of ten do not exceed (nearest rank); None of nothing."""
	ordered = _ordered(counted)
	whole = sum(number for _value, number in ordered)
	return _at(ordered, ceil(0.9 * whole) - 1) if whole else None


def _ordered(counted: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
	return sorted((value, number) for value, number in counted if number > 0)


def _at(ordered: list[tuple[int, int]], place: int) -> int:
	for value, number in ordered:
		if place < number:
			return value
		place -= number
	raise IndexError(place)
