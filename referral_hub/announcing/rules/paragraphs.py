"""What a message says of a longer text: its first paragraphs, whole. Pure."""

import re
from html import unescape

MOST_LINES = 12
MOST_LETTERS = 1500
MORE = "…"
_END_OF_LINE, _TAG = re.compile(r"</(?:p|li|div|h\d|tr)>|<br ?/?>"), re.compile(r"<[^>]*>")


def plain(html: str | None) -> str:
	"""Return the text of what an editor made, a paragraph a line. What it returns is text, never safe HTML."""
	return unescape(_TAG.sub("", _END_OF_LINE.sub("\n", html or "")))


def lines_of(text: str) -> list[str]:
	"""Return the paragraphs of a plain text, at most so many and so long; three dots stand for what is left out."""
	lines = [" ".join(line.split()) for line in text.splitlines()]
	lines, kept, letters = [line for line in lines if line], [], 0
	for line in lines:
		room = MOST_LETTERS - letters
		if len(kept) == MOST_LINES or room <= 0:
			return [*kept, MORE]
		if len(line) > room:
			return [*kept, line[:room].rstrip() + MORE]
		kept.append(line)
		letters += len(line)
	return kept
