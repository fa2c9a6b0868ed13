"""Small facts kept on disk: JSON written in one piece, fingerprints of files, and locks between ./dev processes."""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from devkit import shell


def read_json(path: Path) -> dict:
	"""The file's content; empty when it is missing or was cut off."""
	try:
		return json.loads(path.read_text())
	except (OSError, ValueError):
		return {}


def write_text(path: Path, text: str, mode: int = 0o644) -> None:
	"""Write a whole file or nothing, so that a kill leaves the old one."""
	path.parent.mkdir(parents=True, exist_ok=True)
	draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
	draft.touch(mode)
	draft.chmod(mode)
	draft.write_text(text)
	draft.replace(path)


def write_json(path: Path, content: dict, mode: int = 0o644) -> None:
	write_text(path, json.dumps(content, indent=1, sort_keys=True) + "\n", mode)


def update_json(path: Path, changes: dict, mode: int = 0o644) -> None:
	"""Change some keys and keep the others; leave the file alone when nothing differs."""
	before = read_json(path)
	after = {**before, **changes}
	if after != before:
		write_json(path, after, mode)


def fingerprint(files: Iterable[Path], *words: str) -> str:
	"""A short hash of files (names and contents) and words."""
	digest = hashlib.sha1(usedforsecurity=False)
	for word in words:
		digest.update(word.encode() + b"\0")
	for file in sorted(files):
		digest.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
	return digest.hexdigest()[:16]


def source_files(root: Path, patterns: Iterable[str], skip: Iterable[str] = ()) -> list[Path]:
	"""Files below root that match a pattern, without those in a folder named in skip."""
	ignored = {"node_modules", "__pycache__", *skip}
	found = (path for pattern in patterns for path in root.rglob(pattern))
	return [path for path in found if path.is_file() and not ignored & set(path.relative_to(root).parts)]


@contextmanager
def locked(path: Path, *, shared: bool = False, wait: bool = True) -> Iterator[bool]:
	"""Hold a lock between processes; yields whether it was got. Who gets it alone ends what a killed holder left."""
	path.parent.mkdir(parents=True, exist_ok=True)
	handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
	token = None
	try:
		got = _take(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, path, wait)
		if got and not shared:
			token = _take_over(handle)
		yield got
	finally:
		if token:
			shell.tokens.remove(token)
			os.ftruncate(handle, 0)
		os.close(handle)


def _take_over(handle: int) -> str:
	"""The lock file names its holder while it works; a name that is still there belongs to one that was killed."""
	if before := os.read(handle, 1000).decode(errors="replace").split():
		shell.end_survivors(before[0])
	token = secrets.token_hex(8)
	os.ftruncate(handle, 0)
	os.pwrite(handle, f"{token} {shell.who_we_are()}".encode(), 0)
	shell.tokens.append(token)
	return token


def _take(handle: int, kind: int, path: Path, wait: bool) -> bool:
	try:
		fcntl.flock(handle, kind | fcntl.LOCK_NB)
		return True
	except BlockingIOError:
		if not wait:
			return False
	shell.say(f"[wait] until {_holder(handle)} is done ({path.name})")
	fcntl.flock(handle, kind)
	return True


def _holder(handle: int) -> str:
	"""Who works behind a lock, in words; readers who share one leave no name."""
	name = os.pread(handle, 1000, 0).decode(errors="replace").partition(" ")[2]
	return name or "another ./dev"
