"""How the balance of a wallet went, as days and as a picture. Pure.

A balance of then is the one of now less what moved since: nothing older has to be read. The picture has steps and no slopes, because points
come and go at once. Whoever can't see it is told what it shows in a sentence beside it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, MARGIN = 640, 96, 4


@dataclass(frozen=True, slots=True)
class Mark:
	"""What there was at the end of a day."""

	on: date
	balance: int


def course(balance: int, moved: Iterable[tuple[date, int]], since: date, today: date) -> list[Mark]:
	"""Return the first day, each day after it on which something moved, and today, oldest first.

	`moved`: (day, points with their sign), in any order; what moved until `since` is in the first mark already.
	"""
	by_day: Counter[date] = Counter()
	for day, points in moved:
		if day > since:
			by_day[min(day, today)] += points
	marks, at = [], balance
	for day in sorted({*by_day, today}, reverse=True):
		marks.append(Mark(day, at))
		at -= by_day[day]
	if since < today:
		marks.append(Mark(since, at))
	return marks[::-1]


def is_worth_seeing(marks: list[Mark]) -> bool:
	"""A line that never moves says nothing."""
	return len({mark.balance for mark in marks}) > 1


def picture(marks: list[Mark]) -> str:
	"""Return the course as SVG, as wide as there is room: a line in steps over a filled ground. It has no words, so there is nothing to escape."""
	line = _line(marks)
	return (
		f'<svg class="course" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
		f'<path class="course-ground" d="{line}V{HEIGHT}H0Z"/><path class="course-line" d="{line}"/></svg>'
	)


def _line(marks: list[Mark]) -> str:
	first = marks[0]
	days = (marks[-1].on - first.on).days or 1
	top = max(mark.balance for mark in marks) or 1
	steps = [f"M0 {_height(first.balance, top):g}"]
	for mark in marks[1:]:
		across = round(WIDTH * (mark.on - first.on).days / days, 1)
		steps.append(f"H{across:g}V{_height(mark.balance, top):g}")
	return "".join(steps)


def _height(balance: int, top: int) -> float:
	return round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * max(balance, 0) / top, 1)
