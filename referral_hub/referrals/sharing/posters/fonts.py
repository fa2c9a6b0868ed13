"""Which installed font draws which letters, asked from fontconfig; Chinese needs one such as Debian's fonts-noto-cjk.

A picture whose words no font can draw is refused with what to install, rather than drawn with boxes. Emoji and other
signs without a font are left out: they are never what a poster is about.
"""

import functools
import subprocess
import unicodedata
from dataclasses import dataclass

import frappe
from frappe import _
from PIL import ImageFont

CHINESE = "sans-serif:lang=zh-cn"
FORMAT = "%{file}|%{index}|%{color}|%{charset}\n"
WEIGHTS = {False: 80, True: 200}  # fontconfig's regular and bold


class NoFont(frappe.ValidationError):
	"""No installed font can draw these words."""


@dataclass(frozen=True)
class Face:
	file: str | None  # None: the font that comes with Pillow
	index: int = 0
	ranges: tuple[tuple[int, int], ...] = ((0x20, 0x7E), (0xA0, 0xFF))

	def covers(self, character: str) -> bool:
		return any(first <= ord(character) <= last for first, last in self.ranges)


@dataclass(frozen=True)
class Run:
	text: str
	face: Face


def runs(text: str, bold: bool) -> list[Run]:
	"""Split a line by font: one font for all of it where there is one, so that right-to-left words join as they should."""
	text = drawable(text, bold)
	for face in _candidates(text, bold):
		if all(face.covers(character) for character in text):
			return [Run(text, face)] if text else []
	found: list[Run] = []
	for character in text:
		face = _face_for(character, bold) or _main(bold)
		if found and found[-1].face == face:
			found[-1] = Run(found[-1].text + character, face)
		else:
			found.append(Run(character, face))
	return found


def drawable(text: str, bold: bool = False) -> str:
	"""Return the text without signs that no font has."""
	kept = [character for character in text if _is_word(character) or _face_for(character, bold)]
	return " ".join("".join(kept).split())


def check(text: str) -> None:
	"""Refuse words with letters that no installed font has."""
	missing = sorted({each for each in text if _is_word(each) and not _face_for(each, False)})
	if missing:
		frappe.throw(
			_(
				"The server has no font for these letters: {0}. Please ask an administrator to install one (on Debian and"
				" Ubuntu: fonts-noto-cjk for Chinese), or take the SVG, which is drawn by the device that shows it."
			).format(" ".join(missing[:10])),
			NoFont,
		)


def width(text: str, size: float, bold: bool) -> float:
	return sum(load(run.face, size).getlength(run.text) for run in runs(text, bold))


def load(face: Face, size: float) -> ImageFont.FreeTypeFont:
	return _load(face, max(1, round(size)))


@functools.lru_cache(maxsize=128)
def _load(face: Face, size: int):
	if face.file is None:
		return ImageFont.load_default(size)
	return ImageFont.truetype(face.file, size, index=face.index)


def _candidates(text: str, bold: bool) -> list[Face]:
	others = {_face_for(character, bold) for character in text if not _main(bold).covers(character)}
	return [_main(bold), *(face for face in others if face)]


@functools.cache
def _main(bold: bool) -> Face:
	return _ask(f"{CHINESE}:weight={WEIGHTS[bold]}") or Face(None)


@functools.lru_cache(maxsize=4096)
def _face_for(character: str, bold: bool) -> Face | None:
	if _main(bold).covers(character):
		return _main(bold)
	face = _ask(f"sans-serif:weight={WEIGHTS[bold]}:charset={ord(character):x}")
	return face if face and face.covers(character) else None


def _ask(pattern: str) -> Face | None:
	"""Ask fontconfig for the best font; None where there is no fontconfig, or only a font of coloured pictures."""
	try:
		answer = subprocess.run(
			["fc-match", "-f", FORMAT, pattern], capture_output=True, text=True, timeout=20, check=True
		).stdout
	except (OSError, subprocess.SubprocessError):
		return None
	file, index, colour, charset = answer.splitlines()[0].split("|", 3)
	if colour == "True" or not file:
		return None
	return Face(file, int(index), tuple(_range(part) for part in charset.split()))


def _range(text: str) -> tuple[int, int]:
	first, _dash, last = text.partition("-")
	return int(first, 16), int(last or first, 16)


def _is_word(character: str) -> bool:
	return unicodedata.category(character)[0] in "LN"
