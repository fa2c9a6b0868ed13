"""The referrers' club: who is invited, who has a seat, what a calendar file says. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

GOING, WAITING, DECLINED = "Going", "Waiting", "Not Going"
INVITED, MEMBER, NO, LEFT = "Invited", "Member", "Declined", "Left"
FOLD = 73  # octets; RFC 5545 allows 75, the break itself not counted


@dataclass(frozen=True)
class Bar:
	"""What it takes to be invited: a level of this rank or above, or so many hires; 0: not asked for."""

	rank: int = 0
	hires: int = 0


def is_invited(bar: Bar, rank: int, hires: int) -> bool:
	return bool(bar.rank and rank >= bar.rank) or bool(bar.hires and hires >= bar.hires)


def seats(names: Sequence[str], capacity: int) -> dict[str, str]:
	"""Return who is going and who waits, of those who said yes, the first first; no capacity: all are going."""
	return {name: GOING if not capacity or place < capacity else WAITING for place, name in enumerate(names)}


def may_answer(state: str, starts_on: datetime, now: datetime) -> bool:
	return state == "Open" and now < starts_on


@dataclass(frozen=True)
class Entry:
	"""One event of a calendar; times carry a zone."""

	uid: str
	title: str
	starts: datetime
	ends: datetime
	place: str = ""
	about: str = ""
	address: str = ""


def calendar_file(entry: Entry, now: datetime) -> str:
	"""Return an iCalendar file (RFC 5545) of one event: any calendar can take it in."""
	lines = [
		"BEGIN:VCALENDAR",
		"VERSION:2.0",
		"PRODID:-//referral_hub//club//EN",
		"METHOD:PUBLISH",
		"BEGIN:VEVENT",
		f"UID:{entry.uid}",
		f"DTSTAMP:{_utc(now)}",
		f"DTSTART:{_utc(entry.starts)}",
		f"DTEND:{_utc(entry.ends)}",
		f"SUMMARY:{_escaped(entry.title)}",
		f"LOCATION:{_escaped(entry.place)}",
		f"DESCRIPTION:{_escaped(entry.about)}",
		f"URL:{entry.address}",
		"END:VEVENT",
		"END:VCALENDAR",
	]
	return "".join(f"{_folded(line)}\r\n" for line in lines if line.partition(":")[2])


def _utc(moment: datetime) -> str:
	return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
	for sign in ("\\", ";", ","):
		text = text.replace(sign, f"\\{sign}")
	return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
	"""Break a long line between characters, never inside one: its octets count."""
	parts, room = [""], FOLD
	for letter in line:
		size = len(letter.encode())
		if size > room:
			parts.append("")
			room = FOLD - 1
		parts[-1] += letter
		room -= size
	return "\r\n ".join(parts)
