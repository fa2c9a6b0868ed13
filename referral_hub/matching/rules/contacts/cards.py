"""People of a vCard file: versions 2.1, 3.0 and 4.0, as phones, Outlook, iCloud and Google write them.

Pure. Each card is read by itself, by vobject, so that a broken one costs nobody else. Photos, birthdays, sounds and home addresses are not read.
"""

import re
from collections.abc import Iterator

import vobject
from vobject.base import ParseError, VObjectError

from referral_hub.matching.rules.contacts.tables import MOST_ROWS, UnreadableFile, decoded

_BEGIN, _END = (
	re.compile(r"^\s*BEGIN:VCARD\s*$", re.IGNORECASE),
	re.compile(r"^\s*END:VCARD\s*$", re.IGNORECASE),
)
_VERSION = re.compile(r"^VERSION:.*$", re.IGNORECASE | re.MULTILINE)
# of no use here, and large
_LEFT_OUT = re.compile(r"^(?:[^:;.]+\.)?(?:PHOTO|LOGO|SOUND|KEY|BDAY|ANNIVERSARY|AGENT)\b", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:tel|mailto):", re.IGNORECASE)


def people(data: bytes) -> Iterator[tuple[int, dict[str, str] | None]]:
	"""Yield (line, {field: text}) of each card, None for one that can't be read."""
	found = 0
	for line, card in _cards(decoded(data).replace("\0", "").splitlines()):
		found += 1
		if found > MOST_ROWS:
			raise UnreadableFile("too_many_rows", most=MOST_ROWS)
		yield line, _said(card)
	if not found:
		raise UnreadableFile("no_cards")


def _cards(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
	"""Yield each card with its first line; one without an end is given as it is, up to the next."""
	start, card = 0, []
	for number, line in enumerate(lines, 1):
		if _BEGIN.match(line):
			if card:
				yield start, card
			start, card = number, [line]
		elif card:
			card.append(line)
			if _END.match(line):
				yield start, card
				card = []
	if card:
		yield start, card


def _said(card: list[str]) -> dict[str, str] | None:
	if not _END.match(card[-1]):
		return None
	try:
		text = _VERSION.sub("VERSION:3.0", "\n".join(_kept(card)))
		return _fields(vobject.readOne(text, allowQP=True).contents)
	except (
		ParseError,
		VObjectError,
		ValueError,
		AttributeError,
		IndexError,
		KeyError,
		LookupError,
		StopIteration,
	):
		return None


def _kept(card: list[str]) -> Iterator[str]:
	left_out = False
	for line in card:
		if line[:1] not in (" ", "\t") or not left_out:
			left_out = bool(_LEFT_OUT.match(line))
		if not left_out:
			yield line


def _fields(contents: dict) -> dict[str, str]:
	name = contents["n"][0].value if "n" in contents else None
	return {
		"name": _text(contents, "fn"),
		"first_name": _joined(name and name.given),
		"last_name": _joined(name and name.family),
		"email": ";".join(_SCHEME.sub("", value) for value in _texts(contents, "email")),
		"phone": ";".join(_number(value) for value in _texts(contents, "tel")),
		"employer": _texts(contents, "org")[0] if "org" in contents else "",
		"title": _text(contents, "title") or _text(contents, "role"),
		"place": _joined(contents["adr"][0].value.city) if "adr" in contents else "",
		"url": _text(contents, "url"),
		"tags": ";".join(_texts(contents, "categories")),
		"note": _text(contents, "note"),
	}


def _number(value: str) -> str:
	"""tel:+86-10-1234;ext=5 is a number and a way inside the house."""
	return _SCHEME.sub("", value).split(";")[0]


def _text(contents: dict, name: str) -> str:
	return next(iter(_texts(contents, name)), "")


def _texts(contents: dict, name: str) -> list[str]:
	return [_joined(line.value, ";" if name == "categories" else " ") for line in contents.get(name, ())]


def _joined(value: object, mark: str = " ") -> str:
	return mark.join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
