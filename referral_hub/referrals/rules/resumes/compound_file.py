"""Reads what streams an OLE compound file holds (MS-CFB): old Word, Excel and Outlook files are such. Pure.

Owns the walk through sectors, never the meaning of a stream. Whatever is torn, looped or too small reads as a file without
streams, so that a caller need not care how. Called by `resume`.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")

_HEADER_SIZE = 512
_ENTRY_SIZE = 128
_MINI_SECTOR_SIZE = 64
_LAST_SECTOR = 0xFFFFFFFA
_STREAM, _ROOT = 2, 5
# A resume has a dozen streams; a file with more entries than this is none.
_MOST_ENTRIES = 4096


class _Torn(Exception):
	"""The file is no whole compound file."""


@dataclass(frozen=True)
class _Entry:
	name: str
	kind: int
	start: int
	size: int


def beginning_of(content: bytes, stream: str, length: int) -> bytes | None:
	"""Return the first bytes of a stream, None where the file has no such stream."""
	try:
		return _CompoundFile(content).beginning_of(stream, length)
	except (_Torn, struct.error):
		return None


class _CompoundFile:
	def __init__(self, content: bytes):
		if not content.startswith(MAGIC) or len(content) < _HEADER_SIZE:
			raise _Torn
		self._content = content
		shift, mini_shift = struct.unpack_from("<HH", content, 30)
		if shift not in (9, 12) or mini_shift != 6:
			raise _Torn
		self._sector_size = 1 << shift
		self._first_directory, self._cutoff = struct.unpack_from("<I4xI", content, 48)
		self._table = self._read_table()

	def beginning_of(self, stream: str, length: int) -> bytes | None:
		entries = self._entries()
		if not entries or entries[0].kind != _ROOT:
			raise _Torn
		found = next((entry for entry in entries if entry.kind == _STREAM and entry.name == stream), None)
		if not found or not found.size:
			return None
		length = min(length, found.size)
		if found.size >= self._cutoff:
			return self._sector(found.start)[:length]
		return self._mini_sector(entries[0], found.start)[:length]

	def _entries(self) -> list[_Entry]:
		entries = []
		for number in self._chain(self._first_directory):
			sector = self._sector(number)
			for offset in range(0, self._sector_size, _ENTRY_SIZE):
				entries.append(_entry(sector[offset : offset + _ENTRY_SIZE]))
			if len(entries) > _MOST_ENTRIES:
				raise _Torn
		return entries

	def _mini_sector(self, root: _Entry, number: int) -> bytes:
		"""Small streams share one stream, that of the root, in pieces of 64 bytes."""
		per_sector = self._sector_size // _MINI_SECTOR_SIZE
		for place, sector in enumerate(self._chain(root.start)):
			if place == number // per_sector:
				start = number % per_sector * _MINI_SECTOR_SIZE
				return self._sector(sector)[start : start + _MINI_SECTOR_SIZE]
		raise _Torn

	def _chain(self, number: int) -> Iterator[int]:
		seen = 0
		while number < _LAST_SECTOR:
			if number >= len(self._table) or seen > len(self._table):
				raise _Torn
			yield number
			number, seen = self._table[number], seen + 1

	def _read_table(self) -> list[int]:
		"""Read which sector follows which; the sectors of this table are listed in the header, then in a list of their own."""
		listed = list(struct.unpack_from("<109I", self._content, 76))
		following, count = struct.unpack_from("<II", self._content, 68)
		most = len(self._content) // self._sector_size
		for _number in range(min(count, most)):
			*more, following = self._numbers(following)
			listed += more
		used = [number for number in listed if number < _LAST_SECTOR]
		if len(used) > most:
			raise _Torn
		return [number for sector in used for number in self._numbers(sector)]

	def _numbers(self, sector: int) -> tuple[int, ...]:
		return struct.unpack(f"<{self._sector_size // 4}I", self._sector(sector))

	def _sector(self, number: int) -> bytes:
		"""Return a sector; the last one of a file may be cut short."""
		start = (number + 1) * self._sector_size
		sector = self._content[start : start + self._sector_size]
		if not sector:
			raise _Torn
		return sector.ljust(self._sector_size, b"\0")


def _entry(row: bytes) -> _Entry:
	length, kind, start, size = struct.unpack_from("<HB49xII", row, 64)
	name = row[: max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
	return _Entry(name, kind, start, size)
