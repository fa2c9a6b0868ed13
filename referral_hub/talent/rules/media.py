"""Pictures and voices that go with words: what a file is by its name, which may go, how large. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

PICTURE, VOICE = "picture", "voice"
# what every browser shows or plays: ending -> (what it is, as what it is handed out)
KINDS = {
	"jpg": (PICTURE, "image/jpeg"),
	"jpeg": (PICTURE, "image/jpeg"),
	"png": (PICTURE, "image/png"),
	"gif": (PICTURE, "image/gif"),
	"webp": (PICTURE, "image/webp"),
	"mp3": (VOICE, "audio/mpeg"),
	"m4a": (VOICE, "audio/mp4"),
	"aac": (VOICE, "audio/aac"),
	"ogg": (VOICE, "audio/ogg"),
	"wav": (VOICE, "audio/wav"),
}
# bytes; what a mail takes almost everywhere, and is loaded on a telephone in some seconds
LARGEST, LARGEST_TOGETHER, MOST = 5 * 1024 * 1024, 12 * 1024 * 1024, 6
_LONGEST_BEGINNING = 16


@dataclass(frozen=True, slots=True)
class Media:
	"""A file that shall go: its name, its length in bytes, its first bytes."""

	file_name: str
	size: int
	beginning: bytes


class Unfit(ValueError):
	"""A file that does not go; `why`: "kind", "content", "large", "together", "many"; `file_name`: which, where it is one."""

	def __init__(self, why: str, file_name: str = ""):
		super().__init__(why)
		self.why, self.file_name = why, file_name


def kind_of(file_name: str) -> str | None:
	"""Return PICTURE or VOICE, None for any other file."""
	return KINDS.get(_ending(file_name), (None, None))[0]


def mime_of(file_name: str) -> str:
	return KINDS[_ending(file_name)][1]


def check(files: Iterable[Media]) -> None:
	"""Refuse what is neither picture nor voice, whatever it is called, and more than a mail takes."""
	files = list(files)
	for file in files:
		if not kind_of(file.file_name):
			raise Unfit("kind", file.file_name)
		if not _is_what_it_says(file):
			raise Unfit("content", file.file_name)
		if file.size > LARGEST:
			raise Unfit("large", file.file_name)
	if len(files) > MOST:
		raise Unfit("many")
	if sum(file.size for file in files) > LARGEST_TOGETHER:
		raise Unfit("together")


def go_together(sizes: Iterable[int]) -> list[bool]:
	"""Say of each file, by its length in bytes and in this order, whether it goes with those before it that do."""
	goes: list[bool] = []
	together = 0
	for size in sizes:
		goes.append(sum(goes) < MOST and together + size <= LARGEST_TOGETHER)
		together += size if goes[-1] else 0
	return goes


def _ending(file_name: str) -> str:
	return file_name.rpartition(".")[2].lower()


def _is_what_it_says(file: Media) -> bool:
	"""Tell by the first bytes, as the formats define them."""
	first, mime = file.beginning[:_LONGEST_BEGINNING], mime_of(file.file_name)
	return {
		"image/jpeg": first.startswith(b"\xff\xd8\xff"),
		"image/png": first.startswith(b"\x89PNG\r\n\x1a\n"),
		"image/gif": first.startswith((b"GIF87a", b"GIF89a")),
		"image/webp": first.startswith(b"RIFF") and first[8:12] == b"WEBP",
		"audio/mpeg": first.startswith(b"ID3") or _is_frame(first, b"\xe2\xe3\xf2\xf3\xfa\xfb"),
		"audio/mp4": first[4:8] == b"ftyp",
		"audio/aac": _is_frame(first, b"\xf0\xf1\xf8\xf9"),
		"audio/ogg": first.startswith(b"OggS"),
		"audio/wav": first.startswith(b"RIFF") and first[8:12] == b"WAVE",
	}[mime]


def _is_frame(first: bytes, headers: bytes) -> bool:
	return len(first) > 1 and first[0] == 0xFF and first[1] in headers
