"""What a picture shows or a voice says, in a line, in English and Chinese: written by HR at the file, read by whoever it is sent to.

A file without one is called by what it is, never by its name: that is a telephone's, or tells what HR called it among themselves.
"""

import frappe
from frappe import _

from referral_hub.talent.rules.media import PICTURE

FIELDS = ("referral_hub_caption", "referral_hub_caption_zh")
LONGEST = 140


class NoCaption(frappe.ValidationError):
	"""What was written is too long for a line."""


def of(row) -> str:
	"""Return what was written of a file, in the language of whoever reads where there is one; "" where there is none."""
	english, chinese = ((row.get(field) or "").strip() for field in FIELDS)
	is_chinese = (frappe.local.lang or "").startswith("zh")
	return (chinese or english) if is_chinese else (english or chinese)


def told(rows: list) -> list:
	"""Give each of these files its line, `caption`: by what it is, and the how manieth of them, where nothing was written."""
	for kind in {row.kind for row in rows}:
		alike = [row for row in rows if row.kind == kind]
		for number, row in enumerate(alike, 1):
			row.caption = of(row) or _usual(kind, number if len(alike) > 1 else None)
	return rows


def write(file: str, english: str, chinese: str) -> None:
	"""Keep what a file shows or says."""
	lines = [" ".join(line.split()) for line in (english, chinese)]
	if any(len(line) > LONGEST for line in lines):
		frappe.throw(_("At most {0} characters.").format(LONGEST), NoCaption)
	frappe.db.set_value("File", file, dict(zip(FIELDS, lines, strict=True)))


def _usual(kind: str, number: int | None) -> str:
	word = (
		_("Picture", context="Referral Hub")
		if kind == PICTURE
		else _("Voice Message", context="Referral Hub")
	)
	return f"{word} {number}" if number else word
