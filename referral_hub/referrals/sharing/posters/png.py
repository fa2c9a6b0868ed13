"""Draws a poster as PNG with Pillow."""

import io

from PIL import Image, ImageDraw, ImageOps

from referral_hub.referrals.rules.sharing.poster import Circle, Drawing, Picture, Qr, Rect, Text
from referral_hub.referrals.sharing.posters import fonts, qr


def draw(drawing: Drawing, address: str, pictures: dict[str, Image.Image]) -> bytes:
	page = drawing.page
	canvas = Image.new("RGB", (page.width, page.height), "white")
	for part in drawing.parts:
		HANDS[type(part)](canvas, part, address, pictures)
	buffer = io.BytesIO()
	canvas.save(buffer, "PNG", optimize=True, dpi=(page.dots_per_inch, page.dots_per_inch))
	return buffer.getvalue()


def _rect(canvas, part: Rect, _address, _pictures) -> None:
	box = (part.x, part.y, part.x + part.width - 1, part.y + part.height - 1)
	ImageDraw.Draw(canvas).rounded_rectangle(box, radius=part.radius, fill=part.fill)


def _circle(canvas, part: Circle, _address, _pictures) -> None:
	"""A circle that stays inside its band."""
	veil = Image.new("L", (canvas.width, round(part.clip)), 0)
	box = (part.x - part.radius, part.y - part.radius, part.x + part.radius, part.y + part.radius)
	ImageDraw.Draw(veil).ellipse(box, fill=round(255 * part.opacity))
	canvas.paste(Image.new("RGB", veil.size, part.fill), (0, 0), veil)


def _picture(canvas, part: Picture, _address, pictures) -> None:
	picture = pictures[part.what]
	size = (max(1, round(part.width)), max(1, round(part.height)))
	fitted = ImageOps.fit(picture, size) if part.what == "theme" else ImageOps.contain(picture, size)
	x = round(part.x)
	y = round(part.y + (size[1] - fitted.height) / 2)
	canvas.paste(fitted, (x, y), fitted.getchannel("A"))


def _text(canvas, part: Text, _address, _pictures) -> None:
	pen, x = ImageDraw.Draw(canvas), part.x
	for run in fonts.runs(part.text, part.bold):
		font = fonts.load(run.face, part.size)
		pen.text((x, part.y), run.text, fill=part.fill, font=font, anchor="ls")
		x += font.getlength(run.text)


def _qr(canvas, part: Qr, address: str, _pictures) -> None:
	code = qr.image(address, round(part.size)).convert("RGB")
	inset = round((part.size - code.width) / 2)
	canvas.paste(code, (round(part.x) + inset, round(part.y) + inset))


HANDS = {Rect: _rect, Circle: _circle, Picture: _picture, Text: _text, Qr: _qr}
