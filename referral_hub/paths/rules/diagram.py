"""A path as a picture: boxes from left to right, a line from each level to those that follow. Pure; the words come from outside.

The desk and the portal show the same picture. It is read aloud as a list, and says by words, not by colour alone, where somebody is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from referral_hub.paths.rules import ladder
from referral_hub.paths.rules.ladder import Box, Ladder

WIDTH, HEIGHT, GAP_ACROSS, GAP_DOWN, MARGIN = 168, 64, 40, 20, 4
LONGEST_LINE = 22
_BETWEEN_ACROSS, _BETWEEN_DOWN = WIDTH + GAP_ACROSS, HEIGHT + GAP_DOWN


@dataclass(frozen=True, slots=True)
class Words:
	"""What a box says: its title, and a line below."""

	title: str
	below: str = ""


def picture(of: Ladder, words: Mapping[str, Words], title: str, here: str | None = None) -> str:
	"""Return the path as SVG; every word is escaped. `here` is the code of the level somebody is at."""
	boxes = {box.code: box for box in ladder.drawn(of)}
	across = 1 + max((box.column for box in boxes.values()), default=0)
	down = 1 + max((box.lane for box in boxes.values()), default=0)
	width = across * _BETWEEN_ACROSS - GAP_ACROSS + 2 * MARGIN
	height = down * _BETWEEN_DOWN - GAP_DOWN + 2 * MARGIN
	lines = [
		_line(boxes[level.follows], boxes[level.code])
		for level in of.levels
		if level.follows and level.code in boxes
	]
	drawn = [_box(box, words.get(box.code, Words(box.code)), box.code == here) for box in boxes.values()]
	return (
		f'<svg class="hub-path" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
		f'width="{width}" height="{height}" role="img" aria-label="{escape(title)}">'
		f"<title>{escape(title)}</title>{''.join(lines)}{''.join(drawn)}</svg>"
	)


def _line(upper: Box, lower: Box) -> str:
	x, y = _corner(upper)
	to_x, to_y = _corner(lower)
	middle = to_x - GAP_ACROSS / 2
	return (
		f'<path d="M{x + WIDTH} {y + HEIGHT / 2:g}H{middle:g}V{to_y + HEIGHT / 2:g}H{to_x}" '
		'fill="none" stroke="currentColor" stroke-opacity="0.4"/>'
	)


def _box(box: Box, words: Words, is_here: bool) -> str:
	x, y = _corner(box)
	stroke, mark = (2.5, ' aria-current="step"') if is_here else (1, "")
	return (
		f'<g data-level="{escape(box.code)}"{mark}>'
		f"<title>{escape(words.title)}</title>"
		f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="none" '
		f'stroke="currentColor" stroke-width="{stroke}"/>'
		f'<text x="{x + 12}" y="{y + 27}" font-size="14" font-weight="600" fill="currentColor">{_short(words.title)}</text>'
		f'<text x="{x + 12}" y="{y + 47}" font-size="12" fill="currentColor">{_short(words.below)}</text></g>'
	)


def _corner(box: Box) -> tuple[int, int]:
	return MARGIN + box.column * _BETWEEN_ACROSS, MARGIN + box.lane * _BETWEEN_DOWN


def _short(text: str) -> str:
	"""Cut what does not fit; a Chinese character is as wide as two letters."""
	kept, width = [], 0
	for letter in text:
		width += 2 if letter >= "\u1100" else 1
		if width > LONGEST_LINE:
			return escape("".join(kept).rstrip()) + "…"
		kept.append(letter)
	return escape(text)
