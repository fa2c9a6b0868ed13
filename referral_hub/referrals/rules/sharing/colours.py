"""A company's own colours, corrected until everything written in them can be read (WCAG AA, 4.5 to 1). Pure.

A brand's colour is kept as near as it can be: text and links get darker on light pages and lighter on dark ones, a page gets
lighter behind them. Called by the portal's pages and the posters. The shades named here stand in public/css/portal.css too.
"""

from collections.abc import Iterable
from dataclasses import dataclass

AA = 4.5
WHITE, BLACK = "#ffffff", "#000000"
NEAR_BLACK = "#10120f"
# links and buttons stand on tints as well as on white: a little room
ACCENT_ON_WHITE = 5.5
# what a page stands on where the site has no colour of its own
PAGE = "#f6f5f1"
# what is written on a page, and what stands behind the text of a page, in portal.css
INKS = {
	"muted": "#5c5b54",
	"good": "#17693c",
	"waiting": "#7d4f00",
	"problem": "#a8261b",
	"neutral": "#55544e",
}
BEHIND = {
	"surface": "#ffffff",
	"sunken": "#efede7",
	"good-soft": "#e1f2e6",
	"waiting-soft": "#fcefd2",
	"problem-soft": "#fbe6e2",
	"neutral-soft": "#ebe9e2",
}
BEHIND_IN_THE_DARK = {"page": "#131512", "surface": "#1d201c", "sunken": "#272a25"}
_STEP = 0.04


@dataclass(frozen=True)
class Theme:
	"""The colours of a site in hexadecimal form; None where the site leaves ours."""

	accent: str | None = None
	on_accent: str | None = None
	accent_in_the_dark: str | None = None
	ink: str | None = None
	page: str | None = None


def readable(accent: str | None, ink: str | None, page: str | None) -> Theme:
	"""Return a site's colour for links and buttons, for text and for the page, so that all of it can be read."""
	accent = accent and darkened(accent)
	if page:
		page = _moved(page, WHITE, lambda behind: _is_read_by(behind, (*INKS.values(), accent or BLACK)))
	if ink:
		behind = (*BEHIND.values(), page or WHITE)
		ink = _moved(ink, BLACK, lambda colour: all(contrast(colour, each) >= AA for each in behind))
	if not accent:
		return Theme(ink=ink, page=page)
	in_the_dark = _moved(
		accent,
		WHITE,
		lambda colour: all(contrast(colour, each) >= AA for each in BEHIND_IN_THE_DARK.values()),
	)
	return Theme(accent, readable_on(accent), in_the_dark, ink, page)


def darkened(colour: str) -> str:
	"""Return the colour, as much darker as links in it need to be read on a light page."""
	return _moved(colour, BLACK, lambda each: contrast(each, WHITE) >= ACCENT_ON_WHITE)


def readable_on(colour: str) -> str:
	"""Return white or near black, whichever reads better on this colour."""
	return WHITE if contrast(WHITE, colour) >= contrast(NEAR_BLACK, colour) else NEAR_BLACK


def contrast(one: str, other: str) -> float:
	"""Return how far apart two colours are, from 1 to 21, as WCAG counts."""
	lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
	return (lighter + 0.05) / (darker + 0.05)


def _is_read_by(page: str, inks: Iterable[str]) -> bool:
	return all(contrast(page, ink) >= AA for ink in inks)


def _moved(colour: str, towards: str, is_enough) -> str:
	"""Return the colour, moved as little towards another as it takes; the other one where nothing less does."""
	start, end = _channels(colour), _channels(towards)
	for step in range(round(1 / _STEP)):
		share = step * _STEP
		mixed = _hexadecimal([a + (b - a) * share for a, b in zip(start, end, strict=True)])
		if is_enough(mixed):
			return mixed
	return towards


def _channels(colour: str) -> list[float]:
	digits = colour.lstrip("#")
	digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
	return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def _hexadecimal(channels: list[float]) -> str:
	return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
	red, green, blue = (
		part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(colour)
	)
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue
