"""Words of strangers that a spreadsheet would run: none leaves this app as a formula, whatever it hides behind. Pure.

The platform's exports take markup away first, and read "&#61;" as what it stands for: so a formula may begin behind a tag. Called
for whatever guests and employees write freely.
"""

import unicodedata
from html import unescape
from html.parser import HTMLParser

SIGNS = ("=", "+", "-", "@", "|", "%")
# what no reader sees, and whatever opens these may or may not be read
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")
_PERHAPS_READ = ("script", "style")
# an export writes these with a sign of its own
_WRITTEN_AS_SIGNS = ("li", "hr", "table", "tr", "td", "th")
_LOOKED_AT = 2_000


def without_formula(text: str) -> str:
	"""Return the words without what would make a spreadsheet run them; what hides in markup gets the mark that keeps it text."""
	if _is_phone(text) or not may_run(text):
		return text
	plain = text.lstrip("".join(SIGNS) + " \t\r\n")
	return f"'{plain}" if may_run(plain) else plain


def may_run(text: str) -> bool:
	"""Say whether these words begin with a formula as they are, or once an export has taken their markup away."""
	return any(_begins_with_formula(each) for each in (text, unescape(text)))


def _begins_with_formula(text: str) -> bool:
	before_markup = _visible(unescape(text.partition("<")[0]))
	if before_markup or "<" not in text:
		return before_markup.startswith(SIGNS)
	reader = _Beginning()
	try:
		reader.feed(text[:_LOOKED_AT])
		if len(text) <= _LOOKED_AT:
			reader.close()
	except AssertionError:  # markup that no reader understands
		return True
	ends_unseen = len(text) > _LOOKED_AT and not reader.is_over
	return ends_unseen or any(_visible(each).startswith(SIGNS) for each in reader.read)


def _is_phone(text: str) -> bool:
	return text.startswith("+") and not set(text[1:]) - set("0123456789 ().-")


def _visible(text: str) -> str:
	return "".join(each for each in text if unicodedata.category(each) not in _HIDDEN).lstrip()


class _Beginning(HTMLParser):
	"""Reads what may come first of what an export shows of markup."""

	def __init__(self):
		super().__init__(convert_charrefs=True)
		self.read: list[str] = []
		self.is_over = False
		self._perhaps = 0

	def handle_starttag(self, tag, attrs):
		self._perhaps += tag in _PERHAPS_READ
		if tag in _WRITTEN_AS_SIGNS:
			self._keep(SIGNS[0])

	def handle_endtag(self, tag):
		self._perhaps = max(0, self._perhaps - (tag in _PERHAPS_READ))

	def handle_data(self, data):
		self._keep(data)
		self.is_over = self.is_over or (not self._perhaps and bool(_visible(data)))

	def handle_pi(self, data):
		self._keep(data)

	def handle_decl(self, decl):
		self._keep(decl)

	def unknown_decl(self, data):
		self._keep(data)

	def _keep(self, words: str) -> None:
		if not self.is_over:
			self.read.append(words)
