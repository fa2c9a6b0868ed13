"""How a person may be written anywhere: names in any case and order, addresses in a link, numbers with blanks and dashes. Pure.

One expression for Python (`Spellings.replace`) and one for the database (`number_expressions`), so that both find the same.
"""

import json
import re
from collections.abc import Iterable

_BETWEEN = "[^0-9A-Za-z]{0,3}"
_BLANKS = r"[\s,]+"
# a letter that stands side by side with others in a word, as Chinese characters do not
_LATIN = r"[^\W\d_\u3400-\u9fff]"
_COUNTRY = f"(?:(?:[+(]+|00)[0-9]{{1,3}}{_BETWEEN}|[0-9]{{1,3}})?"
_AT = {"@": "(?:@|%40|&#64;|\\\\u0040)", "+": "(?:\\+|%2B|&#43;)"}
# a shorter number stands in longer ones
_UNMISTAKABLE = 10


class Spellings:
	"""Everything that says who one person is."""

	def __init__(self, names: Iterable[str], emails: Iterable[str], phones: Iterable[str]):
		written = sorted({*names}, key=lambda name: (-len(name), name))
		parts = [email_expression(email) for email in sorted({*emails}, key=len, reverse=True)]
		parts += [f"{_COUNTRY}{number}" for number in number_expressions(phones)]
		parts += [expression for name in written for expression in name_expressions(name)]
		self._expression = re.compile("|".join(parts), re.IGNORECASE) if parts else None

	def replace(self, text: str, by: str) -> str:
		return self._expression.sub(lambda _found: by, text) if self._expression else text

	def stand_in(self, text: str) -> bool:
		return bool(self._expression and self._expression.search(text))


def email_expression(email: str) -> str:
	"""Match an address in any case, also as it stands in a link or a page."""
	return "".join(_AT.get(character) or re.escape(character) for character in email)


def number_expressions(phones: Iterable[str]) -> list[str]:
	"""Match numbers whatever stands between their digits; understood by Python and by MariaDB."""
	found = {"".join(filter(str.isascii, filter(str.isdigit, phone))) for phone in phones}
	return [
		(_BETWEEN.join(number) if len(number) >= _UNMISTAKABLE else f"(?<![0-9]){_BETWEEN.join(number)}")
		+ "(?![0-9])"
		for number in sorted(found, key=lambda digits: (-len(digits), digits))
		if number
	]


def name_expressions(name: str) -> list[str]:
	"""Match a name whatever blanks it is written with, first name first or last, and as it stands in frozen facts."""
	parts = name.split()
	orders = [parts, parts[::-1]] if len(parts) == 2 else [parts]
	found = [_words([re.escape(part) for part in order]) for order in orders]
	frozen = json.dumps(name)[1:-1]
	return found if frozen == name else [*found, re.escape(frozen)]


def _words(parts: list[str]) -> str:
	"""A Latin name is a word of its own: Li is not in Lina."""
	written = _BLANKS.join(parts)
	return f"(?<!{_LATIN}){written}(?!{_LATIN})" if written else "(?!)"
