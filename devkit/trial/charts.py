"""Small charts in SVG, by hand: bars that lie, lines that climb. They take their colours from the page's style.

Beside each stands a table with the same figures: a chart says nothing that can't be read.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from unicodedata import east_asian_width

from devkit.trial.markup import Markup, element, joined

WIDTH, LABELS, RIGHT = 720, 150, 70
BAR, GAP, TOP = 12, 10, 24
HEIGHT, BOTTOM = 240, 40
LONGEST_LABEL = 20
MOST_MARKS = 12
COLOURS = 8
Series = Mapping[str, Sequence[Decimal]]


def bars(title: str, labels: Sequence[str], series: Series) -> Markup:
	"""Return one group of lying bars per label, one bar per series; what is below nothing points to the left."""
	figures = [figure for row in series.values() for figure in row]
	low, high = min([*figures, 0]), max([*figures, 0])
	span = (high - low) or 1
	group = len(series) * BAR + GAP

	def place(figure) -> float:
		return LABELS + float((figure - low) / Decimal(span)) * (WIDTH - LABELS - RIGHT)

	drawn = []
	for row, label in enumerate(labels):
		top = TOP + row * group
		drawn.append(_label(label, LABELS - 8, top + (group - GAP) / 2 + 4, "end"))
		for number, (name, values) in enumerate(series.items()):
			drawn.append(_bar(place, values[row], top + number * BAR, number, f"{label}, {name}"))
	zero, bottom = _round(place(0)), TOP + len(labels) * group
	drawn.append(element("line", class_="axis", x1=zero, x2=zero, y1=TOP - 4, y2=bottom))
	return _figure(title, bottom, drawn, series)


def lines(title: str, labels: Sequence[str], series: Series, limit: Decimal | None = None) -> Markup:
	"""Return a line per series over the same labels, and a straight one for a limit."""
	figures = [figure for row in series.values() for figure in row]
	high = _nice(max([*figures, limit or 0, 1]))
	low = min([*figures, 0])
	left, right, bottom = 80, WIDTH - 40, HEIGHT - BOTTOM
	step = (right - left) / max(1, len(labels) - 1)

	def across(place: int) -> float:
		return _round(left + place * step)

	def down(figure) -> float:
		return _round(bottom - float((figure - low) / Decimal(high - low)) * (bottom - TOP))

	drawn = [_grid(high * part / 4, down(high * part / 4), left, right) for part in range(5)]
	every = -(-len(labels) // MOST_MARKS)
	marks = range(0, len(labels), every)
	drawn += [_label(labels[place], across(place), bottom + 20, "middle") for place in marks]
	for number, (name, values) in enumerate(series.items()):
		points = [(across(place), down(figure)) for place, figure in enumerate(values)]
		drawn.append(_line(points, number, name))
	if limit is not None:
		drawn.append(element("line", class_="limit", x1=left, x2=right, y1=down(limit), y2=down(limit)))
	return _figure(title, HEIGHT, drawn, series)


def short(figure: Decimal) -> str:
	"""Return a figure as an axis shows it."""
	for size, letter in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
		if abs(figure) >= size:
			return f"{float(figure) / size:.3g}{letter}"
	return f"{float(figure):.3g}"


def _bar(place, figure: Decimal, top: float, number: int, name: str) -> Markup:
	start, end = sorted((place(0), place(figure)))
	told = element("title", f"{name}: {figure:,}")
	shape = {"x": _round(start), "y": top, "width": _round(max(end - start, 0.5)), "height": BAR - 2}
	bar = element("g", told, element("rect", **shape), class_=f"s{number % COLOURS}")
	return joined(bar, element("text", short(figure), x=_round(end + 4), y=top + BAR - 3, class_="small"))


def _line(points: list[tuple[float, float]], number: int, name: str) -> Markup:
	way = "M" + "L".join(f"{x} {y}" for x, y in points)
	dots = [element("circle", cx=x, cy=y, r=2.5) for x, y in points]
	return element(
		"g", element("title", name), element("path", d=way), *dots, class_=f"line s{number % COLOURS}"
	)


def _grid(figure: Decimal, down: float, left: float, right: float) -> Markup:
	line = element("line", class_="grid", x1=left, x2=right, y1=down, y2=down)
	return joined(line, element("text", short(figure), x=left - 8, y=down + 4, text_anchor="end"))


def _label(text: str, x: float, y: float, anchor: str) -> Markup:
	return element("text", element("title", text), _cut(text), x=x, y=y, text_anchor=anchor)


def _cut(text: str) -> str:
	"""Return as much of a label as there is room for; Chinese letters are twice as wide."""
	room, kept = LONGEST_LABEL, ""
	for letter in text:
		room -= 2 if east_asian_width(letter) in "WF" else 1
		if room < 0:
			return kept + "…"
		kept += letter
	return kept


def _figure(title: str, height: float, drawn: list[Markup], series: Series) -> Markup:
	legend = [
		element("span", element("i", class_=f"s{number % COLOURS}"), name, class_="key")
		for number, name in enumerate(series)
		if name
	]
	picture = element("svg", *drawn, viewBox=f"0 0 {WIDTH} {_round(height)}", role="img", aria_label=title)
	under = element("figcaption", title, " ", *legend)
	return element("figure", element("div", picture, class_="wide"), under)


def _nice(figure) -> Decimal:
	"""Return the next 1, 2 or 5 with noughts behind it."""
	figure = Decimal(figure)
	size = Decimal(1).scaleb(figure.adjusted())
	return next(size * times for times in (1, 2, 5, 10) if size * times >= figure)


def _round(figure) -> float:
	return round(float(figure), 1)
