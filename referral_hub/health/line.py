"""What a look at one part of the site says: how it is, what was seen, and what to do about it."""

from dataclasses import dataclass

SOUND, LOOK, BROKEN, NOT_USED = "Sound", "Look at This", "Broken", "Not Used"
STATES = (BROKEN, LOOK, SOUND, NOT_USED)  # the worst first


@dataclass(frozen=True)
class Line:
	"""`what` was looked at, `state` is one of STATES, `seen` and `to_do` are sentences; `link` leads to where it is put right."""

	what: str
	state: str
	seen: str
	to_do: str = ""
	link: str = ""


def sound(what: str, seen: str) -> Line:
	return Line(what, SOUND, seen)


def not_used(what: str, seen: str) -> Line:
	return Line(what, NOT_USED, seen)
