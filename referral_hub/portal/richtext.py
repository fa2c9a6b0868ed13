"""Text that HR wrote in an editor, made safe and plain for a page: no styles, no scripts, no outside images."""

import bleach
from markupsafe import Markup

TAGS = frozenset(
	{"p", "br", "ul", "ol", "li", "strong", "b", "em", "i", "u", "h2", "h3", "h4", "a", "blockquote"}
	| {"table", "thead", "tbody", "tr", "th", "td", "code", "hr"}
)
HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


def clean(html: str | None) -> Markup:
	"""Return the text with plain tags only; empty when nothing but tags was typed."""
	if not html or not bleach.clean(html, tags=[], strip=True).strip():
		return Markup("")
	cleaned = bleach.clean(
		_without_dead_parts(_as_outline(html)),
		tags=TAGS,
		attributes={"a": ["href", "title"]},
		protocols={"http", "https", "mailto"},
		strip=True,
		strip_comments=True,
	)
	return Markup(cleaned)


def _as_outline(html: str) -> str:
	"""Headings in the text come under the page's own."""
	import re

	for old, new in HEADINGS.items():
		html = re.sub(rf"<(/?){old}(?=[\s>])", rf"<\1{new}", html, flags=re.IGNORECASE)
	return html


def _without_dead_parts(html: str) -> str:
	"""Drop what stripping tags would leave as text: the insides of scripts and styles."""
	from bs4 import BeautifulSoup

	soup = BeautifulSoup(html, "html.parser")
	for part in soup(["script", "style"]):
		part.decompose()
	return str(soup)
