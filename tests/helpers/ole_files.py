"""Writes small OLE compound files, sector by sector, as Word and Excel save them."""

import struct

SECTOR = 512
CUTOFF = 4096
FREE, LAST, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_file(**streams: bytes) -> bytes:
	"""At most three streams; sectors: table, directory, small streams, their table, then the large streams."""
	table, mini_table, sectors, small, entries = [TABLE, LAST, LAST, LAST], [], [], b"", []
	for number, (name, content) in enumerate(streams.items(), start=1):
		if len(content) >= CUTOFF:
			start = 4 + len(sectors)
			pieces = [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
			table += [*range(start + 1, start + len(pieces)), LAST]
			sectors += pieces
		else:
			start = len(small) // 64
			small += content.ljust(-(-len(content) // 64) * 64, b"\0")
			mini_table += [*range(start + 1, len(small) // 64), LAST]
		right = number + 1 if number < len(streams) else FREE
		entries.append(_entry(name, 2, start, len(content), right=right))
	directory = _entry("Root Entry", 5, 2 if small else LAST, len(small), child=1) + b"".join(entries)
	return b"".join(
		[
			_header(),
			_numbers(table),
			directory.ljust(SECTOR, b"\0"),
			small.ljust(SECTOR, b"\0"),
			_numbers(mini_table),
			*sectors,
		]
	)


def _header() -> bytes:
	head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
	head = head.ljust(44, b"\0") + struct.pack("<IIIIIIII", 1, 1, 0, CUTOFF, 3, 1, LAST, 0)
	return head + struct.pack("<109I", 0, *[FREE] * 108)


def _numbers(numbers: list[int]) -> bytes:
	return struct.pack(f"<{SECTOR // 4}I", *numbers, *[FREE] * (SECTOR // 4 - len(numbers)))


def _entry(name: str, kind: int, start: int, size: int, right: int = FREE, child: int = FREE) -> bytes:
	text = (name + "\0").encode("utf-16-le")
	row = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, right, child)
	return row.ljust(116, b"\0") + struct.pack("<IQ", start, size)
