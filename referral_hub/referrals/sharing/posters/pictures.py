"""The theme's image and the company's logo, read from this site's own files. Nothing is fetched from elsewhere."""

import io
import warnings

import frappe
from frappe import _
from frappe.utils import getdate, nowdate
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS = 40_000_000
LARGEST_SIDE = 2000


def running_themes() -> list:
	"""Return the themes whose days include today."""
	today = getdate(nowdate())
	return [
		row
		for row in frappe.get_cached_doc("Referral Hub Settings").poster_themes
		if (not row.valid_from or getdate(row.valid_from) <= today)
		and (not row.valid_until or today <= getdate(row.valid_until))
	]


def theme_of_today(wanted: str | None = None):
	"""Return the row of the theme that was asked for, if it runs today, else the first that does."""
	running = running_themes()
	return next((row for row in running if row.name == wanted), None) or (running[0] if running else None)


def read(file_url: str | None) -> Image.Image | None:
	"""Return an uploaded picture, made small enough; None for what is no such file or no picture."""
	if not file_url or not file_url.startswith(("/files/", "/private/files/")):
		return None
	name = frappe.db.get_value("File", {"file_url": file_url}, "name")
	return decode(frappe.get_doc("File", name).get_content()) if name else None


def decode(content: bytes | str) -> Image.Image | None:
	try:
		with warnings.catch_warnings():
			warnings.simplefilter("error", Image.DecompressionBombWarning)
			with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
				if opened.width * opened.height > MOST_PIXELS:
					return None
				picture = ImageOps.exif_transpose(opened).convert("RGBA")
	except (UnidentifiedImageError, OSError, ValueError, TypeError, SyntaxError):
		return None
	except (Image.DecompressionBombError, Image.DecompressionBombWarning):
		return None
	picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
	return picture


def check_themes(settings) -> None:
	"""Refuse a theme whose image can't be drawn, or whose days run backwards."""
	for row in settings.poster_themes:
		if row.valid_from and row.valid_until and getdate(row.valid_until) < getdate(row.valid_from):
			frappe.throw(_("Poster theme {0} ends before it begins.").format(row.theme_name))
		if not read(row.image):
			frappe.throw(
				_(
					"The image of poster theme {0} can't be used. Please upload a PNG, JPEG or WebP file."
				).format(row.theme_name)
			)
