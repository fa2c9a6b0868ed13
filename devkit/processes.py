"""Long-running processes by pid file: start in the background, recognise, stop. Never by name."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from devkit.shell import Problem, carried_tokens, die_with_parent, tail
from devkit.state import write_text

START_SECONDS = 180
STOP_SECONDS = 30


@dataclass(frozen=True)
class Daemon:
	"""One background process, known by its pid file: its id, and a part of its command line that tells it from others."""

	name: str
	run: Path
	log: Path

	@property
	def pid_file(self) -> Path:
		return self.run / f"{self.name}.pid"

	def pid(self) -> int | None:
		"""The process id while it is alive and still ours."""
		try:
			number, mark = self.pid_file.read_text().splitlines()
			pid = int(number)
			state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
			command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
		except (OSError, ValueError, IndexError):
			return None
		return pid if mark in command and state != "Z" else None

	def start(
		self,
		command: list,
		mark: str,
		is_ready: Callable[[], bool],
		*,
		cwd: Path | None = None,
		env: dict | None = None,
		outlives_us: bool = True,
	) -> None:
		"""Start it in the background; what need not outlive us is ended with us, even when we are killed."""
		self.log.parent.mkdir(parents=True, exist_ok=True)
		with self.log.open("ab") as out:
			process = subprocess.Popen(
				[str(part) for part in command],
				cwd=cwd,
				env={**os.environ, **(env or {}), **({} if outlives_us else carried_tokens())},
				stdin=subprocess.DEVNULL,
				stdout=out,
				stderr=subprocess.STDOUT,
				start_new_session=True,
				preexec_fn=lambda: self._note(mark, outlives_us),
			)
		self._wait_until(is_ready, process)

	def _note(self, mark: str, outlives_us: bool) -> None:
		"""In the new process, before it becomes the program: no kill can leave one that nobody knows."""
		write_text(self.pid_file, f"{os.getpid()}\n{mark}\n")
		if not outlives_us:
			die_with_parent()

	def stop(self) -> bool:
		"""End the process politely, then firmly; True when there was one."""
		pid = self.pid()
		if pid:
			_signal(pid, signal.SIGTERM)
			if not _gone(self, STOP_SECONDS):
				_signal(pid, signal.SIGKILL)
				_gone(self, STOP_SECONDS)
		self.pid_file.unlink(missing_ok=True)
		return bool(pid)

	def _wait_until(self, is_ready: Callable[[], bool], process: subprocess.Popen) -> None:
		deadline = time.monotonic() + START_SECONDS
		while time.monotonic() < deadline:
			if process.poll() is not None:
				break
			if is_ready():
				return
			time.sleep(0.1)
		self.stop()
		raise Problem(f"{self.name} did not start. The end of {self.log}:\n{tail(self.log, 20)}")


def recorded(run: Path, logs: Path) -> list[Daemon]:
	"""Every daemon that has a pid file, youngest first."""
	files = sorted(run.glob("*.pid"), key=lambda file: file.stat().st_mtime, reverse=True)
	return [Daemon(file.stem, run, logs / f"{file.stem}.log") for file in files]


def _signal(pid: int, number: int) -> None:
	try:
		os.kill(pid, number)
	except ProcessLookupError:
		pass


def _gone(daemon: Daemon, seconds: float) -> bool:
	deadline = time.monotonic() + seconds
	while time.monotonic() < deadline:
		_reap()
		if daemon.pid() is None:
			return True
		time.sleep(0.1)
	return False


def _reap() -> None:
	"""Take leave of children that ended, or they stay as zombies with our pid on them."""
	try:
		while os.waitpid(-1, os.WNOHANG)[0]:
			pass
	except ChildProcessError:
		pass
