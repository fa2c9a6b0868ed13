"""Draws a poster as SVG: the device that shows it brings the fonts, so no letter is missing on the server.

Every word is escaped; pictures are embedded, so that nothing is fetched when somebody opens the file.
"""

import base64
import io

from markupsafe import escape
from PIL import Image

from referral_hub.referrals.rules.sharing.poster import Circle, Drawing, Picture, Qr, Rect, Text
from referral_hub.referrals.sharing.posters import qr

FONTS = "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif"


def draw(drawing: Drawing, address: str, pictures: dict[str, Image.Image]) -> str:
	page = drawing.page
	parts = "".join(HANDS[type(part)](part, address, pictures) for part in drawing.parts)
	return (
		f'<svg xmlns="http://www.w3.org/2000/svg" width="{page.width}" height="{page.height}" '
		f'viewBox="0 0 {page.width} {page.height}" font-family="{FONTS}">{parts}</svg>'
	)


def estimated_width(text: str, size: float, bold: bool) -> float:
	"""Widths where the server has no font to measure with: a Chinese character is a square, others about half of one."""
	wide = sum(1 for character in text if ord(character) > 0x2E7F)
	return size * (wide + (len(text) - wide) * (0.62 if bold else 0.57))


def _rect(part: Rect, _address, _pictures) -> str:
	return (
		f'<rect x="{part.x:.1f}" y="{part.y:.1f}" width="{part.width:.1f}" height="{part.height:.1f}" '
		f'rx="{part.radius:.1f}" fill="{escape(part.fill)}"/>'
	)


def _circle(part: Circle, _address, _pictures) -> str:
	shape = f'<circle cx="{part.x:.1f}" cy="{part.y:.1f}" r="{part.radius:.1f}" fill="{escape(part.fill)}" opacity="{part.opacity}"/>'
	return f'<svg x="0" y="0" width="100%" height="{part.clip:.1f}" overflow="hidden">{shape}</svg>'


def _picture(part: Picture, _address, pictures) -> str:
	picture, buffer = pictures[part.what], io.BytesIO()
	kind = "png" if part.what == "logo" else "jpeg"
	(picture if kind == "png" else picture.convert("RGB")).save(buffer, kind.upper(), quality=85)
	data = base64.b64encode(buffer.getvalue()).decode()
	ratio = "xMidYMid slice" if part.what == "theme" else "xMinYMid meet"
	return (
		f'<image x="{part.x:.1f}" y="{part.y:.1f}" width="{part.width:.1f}" height="{part.height:.1f}" '
		f'preserveAspectRatio="{ratio}" href="data:image/{kind};base64,{data}"/>'
	)


def _text(part: Text, _address, _pictures) -> str:
	"""Another font may be wider: the line is squeezed to the room it was given."""
	weight = ' font-weight="700"' if part.bold else ""
	return (
		f'<text x="{part.x:.1f}" y="{part.y:.1f}" font-size="{part.size:.1f}" fill="{escape(part.fill)}"{weight} '
		f'textLength="{part.width:.1f}" lengthAdjust="spacingAndGlyphs">{escape(part.text)}</text>'
	)


def _qr(part: Qr, address: str, _pictures) -> str:
	moves, side = qr.path(address)
	return (
		f'<g transform="translate({part.x:.1f} {part.y:.1f}) scale({part.size / side:.4f})" shape-rendering="crispEdges">'
		f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{moves}"/></g>'
	)


HANDS = {Rect: _rect, Circle: _circle, Picture: _picture, Text: _text, Qr: _qr}
