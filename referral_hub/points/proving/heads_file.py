"""The file of daily heads: `private/referral_hub/points-heads.jsonl` of the site, lines that are only ever added.

Each line is canonical JSON with `kind`, `at`, `previous` (the digest of the line before, 64 zeros for the first) and
`digest` (SHA-256 of the line without it). A line of kind "heads" has the [seq, hash] of each wallet that moved, and the
names of the refusals that are new; one of kind "restore accepted" has the state an administrator accepted (null: the
wallet is gone), the refusals that are gone, and by whom; one of
kind "removed" has the wallets that were removed with a demo company; one of kind "sealed anew" counts the accounts whose
seals were taken over from another encryption key, or names the one that was accepted after a change by hand.

It is not under `private/files`, so a backup does not carry it and restoring one does not turn it back. Nothing in it
is personal: wallets are random hashes. Called by `heads`, `verify` and `removal`.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import frappe
from frappe.utils import now_datetime

from referral_hub.points.rules.audit import Finding
from referral_hub.points.rules.chain import GENESIS, compact_json, digest

HEADS, ACCEPTED, REMOVED, SEALED = "heads", "restore accepted", "removed", "sealed anew"
Head = tuple[int, str, str]  # seq, hash, kept when


@dataclass
class Kept:
	"""What the file says: the newest head of every wallet, and whether its own chain is whole."""

	heads: dict[str, Head] = field(default_factory=dict)
	refusals: dict[str, str] = field(default_factory=dict)  # name -> kept when
	findings: list[Finding] = field(default_factory=list)
	acceptances: list[dict] = field(default_factory=list)
	removals: list[dict] = field(default_factory=list)
	sealings: list[dict] = field(default_factory=list)
	digest: str = GENESIS
	at: str = ""
	lines: int = 0

	def follow(self, line: dict) -> None:
		for account, head in (line.get("heads") or {}).items():
			if head:
				self.heads[account] = (head[0], head[1], line.get("at", "")[:10])
			else:
				self.heads.pop(account, None)
		for account in line.get("accounts") or []:
			self.heads.pop(account, None)
		self.refusals.update(dict.fromkeys(line.get("refusals") or [], line.get("at", "")[:10]))
		for refusal in line.get("refusals_gone") or []:
			self.refusals.pop(refusal, None)
		if line.get("kind") == ACCEPTED:
			self.acceptances.append(line)
		if line.get("kind") == REMOVED:
			self.removals.append(line)
		if line.get("kind") == SEALED:
			self.sealings.append(line)
		self.digest, self.at = line.get("digest", ""), line.get("at", "")


def path() -> Path:
	return Path(frappe.get_site_path("private", "referral_hub", "points-heads.jsonl"))


def read() -> Kept:
	"""Read the newest heads, checking the chain of the lines."""
	kept = Kept()
	for number, line in enumerate(lines(), start=1):
		kept.lines = number
		if not line or line.get("previous") != kept.digest or digest_of(line) != line.get("digest"):
			kept.findings.append(Finding("heads_line", {"line": number}))
		if line:
			kept.follow(line)
	return kept


def lines() -> Iterator[dict | None]:
	"""Yield the lines of the file, None for one that can't be read; a last line without its end was never finished."""
	if not path().exists():
		return
	with path().open(encoding="utf-8", errors="replace") as file:
		for text in file:
			if text.endswith("\n"):
				yield _parse(text)


def digest_of(line: dict) -> str:
	return digest(compact_json({name: value for name, value in line.items() if name != "digest"}))


@contextmanager
def for_adding() -> Iterator[TextIO]:
	"""Open the file for one writer at a time, cutting off a last line that a crash left unfinished."""
	path().parent.mkdir(parents=True, exist_ok=True)
	with path().open("a+", encoding="utf-8") as file:
		fcntl.flock(file, fcntl.LOCK_EX)
		_cut_unfinished(file)
		yield file


def add_line(file: TextIO, previous: str, kind: str, **facts: object) -> str:
	"""Add a line, put it on the disk, and return its digest."""
	line = {"kind": kind, "at": now_datetime().isoformat(timespec="seconds"), "previous": previous, **facts}
	line["digest"] = digest_of(line)
	file.write(compact_json(line) + "\n")
	file.flush()
	os.fsync(file.fileno())
	return line["digest"]


def _cut_unfinished(file: TextIO) -> None:
	content = path().read_bytes()
	if content and not content.endswith(b"\n"):
		file.truncate(content.rfind(b"\n") + 1)


def _parse(text: str) -> dict | None:
	try:
		line = json.loads(text)
	except (ValueError, RecursionError):
		return None
	return line if isinstance(line, dict) and _is_well_formed(line) else None


def _is_well_formed(line: dict) -> bool:
	"""Tell whether a line has the shape this file writes, whatever it says."""
	words = all(isinstance(line.get(name), str) for name in ("kind", "at", "previous", "digest"))
	heads = line.get("heads") or {}
	names = [line.get(name) or [] for name in ("accounts", "refusals", "refusals_gone")]
	counts = [line.get(name, 0) for name in ("count", "refusals_sealed")]
	return (
		words
		and isinstance(heads, dict)
		and all(head is None or _is_head(head) for head in heads.values())
		and all(isinstance(some, list) and all(isinstance(name, str) for name in some) for some in names)
		and all(isinstance(count, int) for count in counts)
	)


def _is_head(head: object) -> bool:
	return (
		isinstance(head, list) and len(head) == 2 and type(head[0]) is int and isinstance(head[1], str | None)
	)
