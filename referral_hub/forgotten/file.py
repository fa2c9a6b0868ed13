"""The file of erasures: `private/referral_hub/erasures.jsonl` of the site, lines that are only ever added.

Each line is JSON with `key` (a keyed hash of one e-mail or number), `at`, `extent` and `under`, which says by which encryption key
the hash was made. It is not under `private/files`, so a backup does not carry it and restoring one does not turn it back.
Called by `journal` only.
"""

import fcntl
import hmac
import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import frappe
from frappe.utils.password import get_encryption_key


class Line(NamedTuple):
	key: str
	at: str
	extent: str
	under: str


def path() -> Path:
	return Path(frappe.get_site_path("private", "referral_hub", "erasures.jsonl"))


def under() -> str:
	"""Return what tells the site's encryption key from others, and nothing about it."""
	return hmac.new(get_encryption_key().encode(), b"erasures kept outside", sha256).hexdigest()[:16]


def lines() -> Iterator[Line]:
	"""Yield the lines that can be read; a last line without its end was never finished."""
	if not path().exists():
		return
	with path().open(encoding="utf-8", errors="replace") as file:
		for text in file:
			if text.endswith("\n") and (line := _parse(text)):
				yield line


def add(new: list[Line]) -> None:
	"""Add lines, one writer at a time, and put them on the disk."""
	path().parent.mkdir(parents=True, exist_ok=True)
	with path().open("a+", encoding="utf-8") as file:
		fcntl.flock(file, fcntl.LOCK_EX)
		content = path().read_bytes()
		if content and not content.endswith(b"\n"):
			file.truncate(content.rfind(b"\n") + 1)
		file.write("".join(json.dumps(line._asdict(), sort_keys=True) + "\n" for line in new))
		file.flush()
		os.fsync(file.fileno())


def _parse(text: str) -> Line | None:
	try:
		said = json.loads(text)
		line = Line(**said)
	except (ValueError, TypeError, RecursionError):
		return None
	return line if all(isinstance(value, str) for value in line) else None
