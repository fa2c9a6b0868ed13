"""A QR code with error correction Q (a quarter may be dirty) and the quiet zone readers need; as squares, PNG and SVG."""

import io

import pyqrcode
from PIL import Image

from referral_hub.referrals.rules.sharing.poster import QUIET_ZONE

CORRECTION = "Q"
PIXELS_PER_SQUARE = 16


def squares(address: str) -> list[list[int]]:
	"""Return rows of 0 and 1 with the quiet zone around them."""
	code = pyqrcode.create(address, error=CORRECTION, encoding="utf-8").code
	side = len(code) + 2 * QUIET_ZONE
	edge, blank = [0] * QUIET_ZONE, [[0] * side for _ in range(QUIET_ZONE)]
	return [*blank, *([*edge, *row, *edge] for row in code), *(list(row) for row in blank)]


def image(address: str, size: int | None = None) -> Image.Image:
	"""Draw the code; scaled to a size by whole pixels per square, so that its edges stay sharp."""
	rows = squares(address)
	picture = Image.new("1", (len(rows), len(rows)), 1)
	for y, row in enumerate(rows):
		for x, dark in enumerate(row):
			if dark:
				picture.putpixel((x, y), 0)
	each = max(1, (size or len(rows) * PIXELS_PER_SQUARE) // len(rows))
	return picture.resize((len(rows) * each, len(rows) * each), Image.Resampling.NEAREST)


def png(address: str) -> bytes:
	buffer = io.BytesIO()
	image(address).save(buffer, "PNG", optimize=True)
	return buffer.getvalue()


def path(address: str) -> tuple[str, int]:
	"""Return the dark squares as one SVG path, and how many squares the code is wide."""
	rows = squares(address)
	moves = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
	return "".join(moves), len(rows)


def svg(address: str) -> str:
	moves, side = path(address)
	return (
		f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side * 8}" height="{side * 8}" '
		f'shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/><path d="{moves}"/></svg>'
	)
