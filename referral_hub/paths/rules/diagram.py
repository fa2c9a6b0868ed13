"""A path as a picture: boxes from left to right, a line from each level to those that follow. Pure; the words come from outside.

The desk and the portal show the same picture; on the portal, which is made for phones first, it goes downwards. Where somebody is, is
said by words and by a thicker frame, not by colour. Whoever can't see it is told its title: the page has the levels as a list, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import accumulate

from referral_hub.paths.rules import ladder
from referral_hub.paths.rules.ladder import Box, Ladder

WIDTH, HEIGHT, GAP_ACROSS, GAP_DOWN, MARGIN = 168, 64, 24, 20, 4
# letters that fit into a box
IN_A_TITLE, IN_A_LINE = 18, 22
_BETWEEN_ACROSS, _BETWEEN_DOWN = WIDTH + GAP_ACROSS, HEIGHT + GAP_DOWN


@dataclass(frozen=True, slots=True)
class Words:
	"""What a box says: its title, and a line below."""

	title: str
	below: str = ""


@dataclass(frozen=True, slots=True)
class _Plan:
	"""Where boxes lie: a step from the start is one to the right, or one downwards."""

	downwards: bool

	def corner(self, box: Box) -> tuple[int, int]:
		across, down = (box.lane, box.column) if self.downwards else (box.column, box.lane)
		return MARGIN + across * _BETWEEN_ACROSS, MARGIN + down * _BETWEEN_DOWN

	def size(self, boxes: list[Box]) -> tuple[int, int]:
		steps = 1 + max((box.column for box in boxes), default=0)
		lanes = 1 + max((box.lane for box in boxes), default=0)
		return (lanes, steps) if self.downwards else (steps, lanes)


def picture(
	of: Ladder,
	words: Mapping[str, Words],
	title: str,
	here: str | None = None,
	downwards: bool = False,
) -> str:
	"""Return the path as SVG; every word is escaped. `here` is the code of the level somebody is at."""
	boxes = {box.code: box for box in ladder.drawn(of)}
	plan = _Plan(downwards)
	across, down = plan.size(list(boxes.values()))
	width = across * _BETWEEN_ACROSS - GAP_ACROSS + 2 * MARGIN
	height = down * _BETWEEN_DOWN - GAP_DOWN + 2 * MARGIN
	lines = [
		_line(boxes[level.follows], boxes[level.code], plan)
		for level in of.levels
		if level.follows and level.code in boxes
	]
	drawn = [
		_box(plan.corner(box), box.code, words.get(box.code, Words(box.code)), box.code == here)
		for box in boxes.values()
	]
	return (
		f'<svg class="hub-path" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
		f'width="{width}" height="{height}" role="img" aria-label="{escape(title)}">'
		f"<title>{escape(title)}</title>{''.join(lines)}{''.join(drawn)}</svg>"
	)


def _line(upper: Box, lower: Box, plan: _Plan) -> str:
	(x, y), (to_x, to_y) = plan.corner(upper), plan.corner(lower)
	if plan.downwards:
		middle = to_y - GAP_DOWN / 2
		way = f"M{x + WIDTH / 2:g} {y + HEIGHT}V{middle:g}H{to_x + WIDTH / 2:g}V{to_y}"
	else:
		middle = to_x - GAP_ACROSS / 2
		way = f"M{x + WIDTH} {y + HEIGHT / 2:g}H{middle:g}V{to_y + HEIGHT / 2:g}H{to_x}"
	return f'<path d="{way}" fill="none" stroke="currentColor" stroke-opacity="0.4"/>'


def _box(corner: tuple[int, int], code: str, words: Words, is_here: bool) -> str:
	x, y = corner
	stroke, mark = (2.5, ' aria-current="step"') if is_here else (1, "")
	title = _wrapped(words.title)
	lower = 16 * (len(title) - 1)
	begin = y + 27 - lower // 2
	said = "".join(_text(x, begin + 16 * row, 14, 600, line) for row, line in enumerate(title))
	return (
		f'<g data-level="{escape(code)}"{mark}>'
		f"<title>{escape(words.title)}</title>"
		f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="none" '
		f'stroke="currentColor" stroke-width="{stroke}"/>'
		f"{said}{_text(x, begin + 20 + lower, 12, 400, _cut(words.below, IN_A_LINE))}</g>"
	)


def _text(x: int, y: int, size: int, weight: int, line: str) -> str:
	return (
		f'<text x="{x + 12}" y="{y}" font-size="{size}" font-weight="{weight}" fill="currentColor">'
		f"{escape(line)}</text>"
	)


def _wrapped(title: str) -> list[str]:
	"""Return a title in one line or two, broken between words where there are any."""
	fits = _fitting(title, IN_A_TITLE)
	if fits == len(title):
		return [title]
	head = title[: fits + 1].rpartition(" ")[0] or title[:fits]
	return [head, _cut(title[len(head) :].lstrip(), IN_A_TITLE)]


def _cut(text: str, longest: int) -> str:
	fits = _fitting(text, longest)
	return text if fits == len(text) else f"{text[:fits].rstrip()}…"


def _fitting(text: str, longest: int) -> int:
	"""Return how many letters fit; a Chinese character is as wide as two."""
	widths = accumulate(2 if letter >= "\u1100" else 1 for letter in text)
	return sum(width <= longest for width in widths)
