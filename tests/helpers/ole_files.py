"""Writes small OLE compound files, sector by sector, as Word and Excel save them."""

import struct

SECTOR = 512
CUTOFF = 4096
FREE, LAST, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_file(**streams: bytes) -> bytes:
	"""A file with a table in sector 0, a directory in sector 1, the small streams' sector 2, then the large streams."""
	table, sectors, small = [TABLE, LAST, LAST], [], b""
	entries = []
	for name, content in streams.items():
		if len(content) >= CUTOFF:
			start = 3 + len(sectors)
			pieces = [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
			table += [*range(start + 1, start + len(pieces)), LAST]
			sectors += pieces
		else:
			start = len(small) // 64
			small += content.ljust(-(-len(content) // 64) * 64, b"\0")
		entries.append(_entry(name, 2, start, len(content)))
	directory = _entry("Root Entry", 5, 2, len(small)) + b"".join(entries)
	table += [FREE] * (SECTOR // 4 - len(table))
	packed = struct.pack(f"<{SECTOR // 4}I", *table)
	return b"".join([_header(), packed, directory.ljust(SECTOR, b"\0"), small.ljust(SECTOR, b"\0"), *sectors])


def _header() -> bytes:
	head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
	head = head.ljust(44, b"\0") + struct.pack("<IIIIIIII", 1, 1, 0, CUTOFF, LAST, 0, LAST, 0)
	return head + struct.pack("<109I", 0, *[FREE] * 108)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
	text = (name + "\0").encode("utf-16-le")
	row = (
		text.ljust(64, b"\0")
		+ struct.pack("<HB", len(text), kind)
		+ bytes(49)
		+ struct.pack("<II", start, size)
	)
	return row.ljust(128, b"\0")
