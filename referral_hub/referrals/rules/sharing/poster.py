"""Where everything on a poster stands: a pure function from words and a page size to rectangles, lines of text and pictures.

Two hands draw what is decided here: `referrals/sharing/posters/png.py` and `svg.py`. Text widths come from outside, as a
function, because they depend on fonts; every line fits by construction.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

Measure = Callable[[str, float, bool], float]  # (text, size, bold) -> width
INK, MUTED, PAPER, ACCENT = "#1e1f1c", "#5c5b54", "#ffffff", "#0f6b5c"
ELLIPSIS = "…"
QUIET_ZONE = 4
SCALES = (1.3, 1.15, 1.0, 0.85, 0.7, 0.55)


@dataclass(frozen=True)
class Page:
	"""A size in pixels; everything else follows from it."""

	name: str
	width: int
	height: int
	dots_per_inch: int = 150


A4 = Page("a4", 1240, 1754)
PHONE = Page("phone", 1080, 1920)
PAGES = {page.name: page for page in (A4, PHONE)}


@dataclass(frozen=True)
class Words:
	"""All that a poster says. Empty words leave their place to the others."""

	headline: str
	title: str
	company: str
	facts: str = ""
	message: str = ""
	reward: str = ""
	call: str = ""
	hint: str = ""
	referrer: str = ""
	address: str = ""


@dataclass(frozen=True)
class Look:
	accent: str = ACCENT
	on_accent: str = "#ffffff"
	has_picture: bool = False
	logo: tuple[int, int] | None = None  # its size in pixels


@dataclass(frozen=True)
class Rect:
	x: float
	y: float
	width: float
	height: float
	fill: str
	radius: float = 0


@dataclass(frozen=True)
class Circle:
	x: float
	y: float
	radius: float
	fill: str
	opacity: float
	clip: float  # it never leaves the band above this line


@dataclass(frozen=True)
class Picture:
	"""`what` is "theme" (fills the frame, cut at the edges) or "logo" (fits into it)."""

	what: str
	x: float
	y: float
	width: float
	height: float


@dataclass(frozen=True)
class Text:
	"""One line; `y` is its baseline."""

	text: str
	x: float
	y: float
	size: float
	fill: str
	width: float
	bold: bool = False


@dataclass(frozen=True)
class Qr:
	x: float
	y: float
	size: float


@dataclass
class Drawing:
	page: Page
	parts: list = field(default_factory=list)


def compose(page: Page, words: Words, look: Look, measure: Measure) -> Drawing:
	"""Lay a poster out: a band with picture and name, the opening, and at the foot the QR code and what to do with it."""
	drawing = Drawing(page)
	margin = page.width * 0.075
	band = page.height * (0.36 if look.has_picture else 0.2)
	drawing.parts.append(Rect(0, 0, page.width, page.height, PAPER))
	_band(drawing, look, band)
	_brand(drawing, words, look, measure, margin, band)
	foot = _foot(drawing, words, look, measure, margin)
	_middle(drawing, words, look, measure, margin, band, foot)
	return drawing


def wrap(text: str, width: float, size: float, bold: bool, measure: Measure) -> list[str]:
	"""Break a text into lines that fit: between words, and inside what is too long, as Chinese always may be."""
	lines, line = [], ""
	for piece in _pieces(text):
		if measure((line + piece).strip(), size, bold) <= width:
			line += piece
			continue
		if line.strip():
			lines.append(line.strip())
		line = ""
		for character in piece.lstrip():
			if line and measure(line + character, size, bold) > width:
				lines.append(line.strip())
				line = ""
			line += character
	return [*lines, line.strip()] if line.strip() else lines


def fit(
	text: str, width: float, sizes: tuple[float, ...], most: int, bold: bool, measure: Measure
) -> tuple[float, list[str]]:
	"""Return the largest size at which the text takes at most so many lines; at the smallest the rest is cut off."""
	lines: list[str] = []
	for size in sizes:
		lines = wrap(text, width, size, bold, measure)
		if len(lines) <= most:
			return size, lines
	return sizes[-1], _cut(lines, most, width, sizes[-1], bold, measure)


def _cut(lines, most, width, size, bold, measure) -> list[str]:
	kept, last = lines[: most - 1], lines[most - 1]
	while last and measure(last + ELLIPSIS, size, bold) > width:
		last = last[:-1]
	return [*kept, last.rstrip() + ELLIPSIS]


def _pieces(text: str):
	"""Words with the blank before them; each Chinese character by itself."""
	piece = ""
	for character in text:
		if character.isspace() or _is_wide(character):
			if piece:
				yield piece
			piece = " " if character.isspace() else ""
			if not character.isspace():
				yield character
		else:
			piece += character
	if piece.strip():
		yield piece


def _is_wide(character: str) -> bool:
	return (
		"\u2e80" <= character <= "\u9fff"
		or "\uf900" <= character <= "\ufaff"
		or "\uff00" <= character <= "\uffef"
	)


def _band(drawing: Drawing, look: Look, height: float) -> None:
	page = drawing.page
	drawing.parts.append(Rect(0, 0, page.width, height, look.accent))
	if look.has_picture:
		drawing.parts.append(Picture("theme", 0, 0, page.width, height))
		return
	drawing.parts += [
		Circle(page.width * 0.92, height * 0.1, height * 0.55, look.on_accent, 0.1, height),
		Circle(page.width * 0.7, height * 1.02, height * 0.4, look.on_accent, 0.08, height),
	]


def _brand(drawing: Drawing, words: Words, look: Look, measure: Measure, margin: float, band: float) -> None:
	"""The logo on a plate of paper, else the name of the company: readable on any picture."""
	page, pad = drawing.page, margin * 0.35
	if look.logo:
		height = page.width * 0.075
		width = min(height * look.logo[0] / max(look.logo[1], 1), page.width * 0.5)
		drawing.parts += [
			Rect(margin - pad, margin - pad, width + 2 * pad, height + 2 * pad, PAPER, pad),
			Picture("logo", margin, margin, width, height),
		]
		return
	size, lines = fit(words.company, page.width * 0.6, _sizes(page, 0.034, 0.024), 2, True, measure)
	if look.has_picture:
		width = max((measure(line, size, True) for line in lines), default=0)
		drawing.parts.append(
			Rect(margin - pad, margin - pad, width + 2 * pad, len(lines) * size * 1.3 + 2 * pad, PAPER, pad)
		)
	colour = INK if look.has_picture else look.on_accent
	_lines(drawing, lines, margin, margin, size, colour, True, measure)


def _foot(drawing: Drawing, words: Words, look: Look, measure: Measure, margin: float) -> float:
	"""Draw the QR code with the words beside it; return where it begins."""
	page = drawing.page
	size = page.width * 0.34
	top = page.height - margin - size
	drawing.parts += [
		Rect(0, top - margin * 0.8, page.width, page.height, "#f6f5f1"),
		Rect(margin, top, size, size, PAPER, size * 0.05),
		Qr(margin, top, size),
	]
	left, width = margin * 1.6 + size, page.width - size - margin * 2.6
	y = top + size * 0.02
	for text, sizes, most, colour, bold in (
		(words.call, _sizes(page, 0.046, 0.03), 3, INK, True),
		(words.hint, _sizes(page, 0.026, 0.02), 3, MUTED, False),
		(words.referrer, _sizes(page, 0.026, 0.02), 2, INK, False),
		(words.address, _sizes(page, 0.022, 0.014), 2, MUTED, False),
	):
		if text:
			line_size, lines = fit(text, width, sizes, most, bold, measure)
			y = _lines(drawing, lines, left, y, line_size, colour, bold, measure) + page.width * 0.014
	return top - margin * 0.8


def _middle(
	drawing: Drawing, words: Words, look: Look, measure: Measure, margin: float, top: float, foot: float
) -> None:
	"""The opening itself, as large as the room allows; what finds no room even when small is left out, the title never."""
	for left_out, scale in (*((0, scale) for scale in SCALES), (1, 0.55), (2, 0.55), (3, 0.55)):
		trial = replace(drawing, parts=list(drawing.parts))
		blocks = _blocks(words, look, left_out)
		if _write(trial, blocks, scale, measure, margin, top + margin * 0.8) <= foot:
			break
	drawing.parts = trial.parts


def _blocks(words: Words, look: Look, left_out: int) -> list[tuple]:
	"""Return (text, largest size, smallest, most lines, colour, bold), without so many of the less important ones."""
	dispensable = ("message", "facts", "reward")[:left_out]
	blocks = {
		"headline": (words.headline, 0.034, 0.026, 2, look.accent, True),
		"title": (words.title, 0.088, 0.042, 4, INK, True),
		"facts": (words.facts, 0.034, 0.024, 3, MUTED, False),
		"message": (words.message, 0.036, 0.026, 5, INK, False),
		"reward": (words.reward, 0.036, 0.026, 3, look.accent, True),
	}
	return [block for name, block in blocks.items() if block[0] and name not in dispensable]


def _write(
	drawing: Drawing, blocks: list[tuple], scale: float, measure: Measure, margin: float, y: float
) -> float:
	page = drawing.page
	for text, largest, smallest, most, colour, bold in blocks:
		sizes = _sizes(page, largest * scale, smallest * scale)
		size, lines = fit(text, page.width - 2 * margin, sizes, most, bold, measure)
		y = _lines(drawing, lines, margin, y, size, colour, bold, measure) + page.width * 0.022
	return y - page.width * 0.022


def _sizes(page: Page, largest: float, smallest: float) -> tuple[float, ...]:
	"""Six sizes from the largest to the smallest, as shares of the page's width."""
	return tuple(page.width * (largest + (smallest - largest) * step / 5) for step in range(6))


def _lines(
	drawing, lines: list[str], x: float, y: float, size: float, fill: str, bold: bool, measure
) -> float:
	"""Add lines below y; return where the last one ends."""
	for line in lines:
		drawing.parts.append(Text(line, x, y + size, size, fill, measure(line, size, bold), bold))
		y += size * 1.3
	return y
