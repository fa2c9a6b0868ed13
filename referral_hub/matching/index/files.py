"""Where an index lives: a folder of generations, the name of the one in force, and a journal of what changed since it was built.

A generation is written beside the one in force and takes its place by one rename; whoever is killed before leaves a part that nobody
reads and the next build removes. A line of the journal is there whole or not at all: it outlives the process that wrote it, not always the
machine, so that a generation knows since which start of the machine it is there. Locks are of the kernel: they die with their process.
"""

import fcntl
import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_CURRENT, _NEXT, _PART, _JOURNAL, _START = "CURRENT", "NEXT", ".part", "changes.jsonl", "started"
_KNOWN_STARTS = 50
_STARTED = Path("/proc/sys/kernel/random/boot_id")


class BuildRunning(Exception):
	"""Another process builds this index already."""


@contextmanager
def locked(folder: Path, name: str, *, wait: bool = True) -> Iterator[None]:
	"""Hold a lock of the folder among all processes."""
	folder.mkdir(parents=True, exist_ok=True)
	with (folder / name).open("a") as file:
		try:
			fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
		except BlockingIOError:
			raise BuildRunning(str(folder)) from None
		yield


def current(folder: Path) -> Path | None:
	"""Return the generation in force."""
	try:
		return folder / (folder / _CURRENT).read_text().strip()
	except FileNotFoundError:
		return None


def next_part(folder: Path) -> Path:
	"""Return an empty folder to build in; what a killed build left is gone."""
	for left in folder.glob(f"*{_PART}"):
		shutil.rmtree(left)
	there = current(folder)
	number = int(there.name) + 1 if there else 1
	part = folder / f"{number:08}{_PART}"
	part.mkdir(parents=True)
	return part


def put_in_force(part: Path, starts: Iterable[str] = ()) -> Path:
	"""Make a finished part the generation in force: everything is on the disk before its name is.

	`starts`: of other machines that share the folder and have asked for it, so that each asks once.
	"""
	there = current(part.parent)
	known = dict.fromkeys((*(_starts(there) if there else ()), *starts, start_of_machine()))
	(part / _START).write_text("\n".join(list(known)[-_KNOWN_STARTS:]))
	for path in (*part.iterdir(), part):
		_sync(path)
	folder, built = part.parent, part.with_name(part.name.removesuffix(_PART))
	if built.exists():  # a build was killed between the two renames
		shutil.rmtree(built)
	part.rename(built)
	name = folder / _NEXT
	name.write_text(built.name)
	_sync(name)
	name.replace(folder / _CURRENT)
	_sync(folder)
	for other in folder.iterdir():
		if other.is_dir() and other != built:
			shutil.rmtree(other)
	return built


def outlived(generation: Path) -> bool:
	"""Whether this generation, and those before, know nothing of this start of the machine: the last lines of its journal may be lost.

	Names of machines say nothing: containers of one machine have names of their own, and others after each start.
	"""
	return start_of_machine() not in _starts(generation)


def append(generation: Path, entries: list[dict], known: int = 0) -> int:
	"""Write changes to the journal and return how far it goes then; called under the lock. What a killed writer left half is cut off.

	`known` is where an earlier call ended: what stands before it is whole and is not read again. The system writes the lines to the disk when
	it likes: whoever saves does not wait for that.
	"""
	path, lines = generation / _JOURNAL, b"".join(map(_line, entries))
	with path.open("ab") as file, path.open("rb") as there:
		end = _end_of(there, known)
		file.truncate(end)
		file.write(lines)
	return end + len(lines)


def _end_of(journal: BinaryIO, known: int) -> int:
	"""Return how far a journal is whole; all of it is read where no line ends at the place that is known."""
	journal.seek(max(known - 1, 0))
	if known and journal.read(1) != b"\n":
		known = 0
	journal.seek(known)
	return known + _whole(journal.read())


def journal_size(generation: Path) -> int:
	path = generation / _JOURNAL
	return path.stat().st_size if path.exists() else 0


def changes(generation: Path, start: int = 0) -> tuple[list[dict], int]:
	"""Return the changes written since a place of the journal, and the place up to which they go."""
	path = generation / _JOURNAL
	if not path.exists():
		return [], start
	with path.open("rb") as file:
		file.seek(start)
		lines = file.read()
	whole = lines[: _whole(lines)]
	return [json.loads(line.split(b" ", 1)[1]) for line in whole.splitlines()], start + len(whole)


def start_of_machine() -> str:
	"""Return what tells this start of this machine from all others, where the system says it."""
	return _STARTED.read_text().strip() if _STARTED.exists() else "-"


def _starts(generation: Path) -> list[str]:
	try:
		return (generation / _START).read_text().splitlines()
	except FileNotFoundError:  # as an earlier version left it
		return []


def _line(entry: dict) -> bytes:
	body = json.dumps(entry, ensure_ascii=True, separators=(",", ":")).encode()
	return b"%08x %s\n" % (zlib.crc32(body), body)


def _whole(lines: bytes) -> int:
	"""Return how far lines are whole."""
	end = 0
	for line in lines.splitlines(keepends=True):
		mark, _blank, body = line.rstrip(b"\n").partition(b" ")
		if not line.endswith(b"\n") or mark != b"%08x" % zlib.crc32(body):
			break
		end += len(line)
	return end


def _sync(path: Path) -> None:
	handle = os.open(path, os.O_RDONLY)
	try:
		os.fsync(handle)
	finally:
		os.close(handle)
