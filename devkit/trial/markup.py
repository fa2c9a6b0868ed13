"""HTML and SVG made of elements: whatever is not made here is text, and stays text. Knows nothing of what is shown."""

from html import escape

HOLLOW = frozenset({"meta", "path", "line", "rect", "circle", "br"})


class Markup(str):
	"""Text that is HTML already."""


def element(name: str, /, *inside, **attributes) -> Markup:
	"""Return an element; what is None is left out. `class_` writes class, `stroke_width` stroke-width."""
	written = "".join(
		f' {key.rstrip("_").replace("_", "-")}="{_text(value)}"'
		for key, value in attributes.items()
		if value is not None
	)
	if name in HOLLOW:
		return Markup(f"<{name}{written}>" if name in ("meta", "br") else f"<{name}{written}/>")
	return Markup(f"<{name}{written}>{''.join(map(_inside, inside))}</{name}>")


def joined(*parts) -> Markup:
	return Markup("".join(map(_inside, parts)))


def visible(text: str) -> str:
	"""Return text in one line without characters that steer a terminal or a browser."""
	return "".join(
		character if character.isprintable() else " " if character.isspace() else "\ufffd"
		for character in text
	)


def _inside(part) -> str:
	if part is None:
		return ""
	return part if isinstance(part, Markup) else _text(part)


def _text(value) -> str:
	return escape(visible(str(value)), quote=True)
