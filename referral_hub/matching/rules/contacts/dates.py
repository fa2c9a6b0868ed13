"""Days as exports write them: 05 Mar 2021, 3/5/21, 2021年3月5日, 5. März 2021, 2021-03-05. Pure.

A day that can be read in two ways (3/5/21) is read as LinkedIn writes it for an English reader, month first; one that can't be read is none.
"""

import re
from datetime import date

from referral_hub.matching.rules.text import normal

_NUMBERS = re.compile(r"(\d{1,4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,4})")
_NAMED = re.compile(
	r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+)?)?([^\W\d_]{3,12})\.?[\s,-]*(?:de\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?,\s*)?(\d{4}|\d{2})\b"
)
_MONTHS = (
	("jan", "ene", "gen"),
	("feb", "fév", "fev"),
	("mar", "mär", "mrz", "maa"),
	("apr", "avr", "abr"),
	("may", "mai", "mag", "mei"),
	("jun", "juin", "giu"),
	("jul", "juil", "lug"),
	("aug", "aoû", "ago"),
	("sep", "set"),
	("oct", "okt", "out", "ott"),
	("nov",),
	("dec", "dez", "déc", "dic"),
)
_CENTURY = 2000


def date_in(text: str | None) -> date | None:
	plain = normal(text)
	if found := _NUMBERS.search(plain):
		return _of_numbers(*found.groups())
	if found := _NAMED.search(plain):
		before, month, after, year = found.groups()
		return _day(_year(year), _month(month), int(before or after or 0))
	return None


def _of_numbers(first: str, second: str, third: str) -> date | None:
	if len(first) == 4:
		return _day(int(first), int(second), int(third))
	month, day = int(first), int(second)
	if month > 12:
		month, day = day, month
	return _day(_year(third), month, day)


def _month(name: str) -> int:
	return next((number for number, starts in enumerate(_MONTHS, 1) if name.startswith(starts)), 0)


def _year(text: str) -> int:
	return int(text) if len(text) > 2 else _CENTURY + int(text)


def _day(year: int, month: int, day: int) -> date | None:
	try:
		return date(year, month, day)
	except ValueError:
		return None
