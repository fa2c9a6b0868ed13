"""Runs commands and tells people what happens: steps, progress, and the log to read when something breaks."""

import ctypes
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HEARTBEAT_SECONDS = 15
TAIL_LINES = 40

# Words in the environment of every command we start: who holds which lock (see state.locked).
tokens: list[str] = []
TOKENS_VARIABLE = "HUB_DEV_TOKENS"
_voice = None  # the standard output of the moment


class Problem(Exception):
	"""Something a person has to solve; its text says what to do."""


def say(text: str = "") -> None:
	print(text, file=_voice, flush=True)


def who_we_are() -> str:
	"""For somebody who waits for us."""
	return (
		f"./dev {' '.join(sys.argv[1:])} in {Path(__file__).resolve().parent.parent} (process {os.getpid()})"
	)


def keep_output_clean() -> None:
	"""From now on speak on the error stream: the output is for a program that reads it."""
	global _voice
	_voice = sys.stderr


def step(title: str, is_done: Callable[[], bool], do: Callable[[], object]) -> bool:
	"""Do what is not done, and look again afterwards; True when there was something to do."""
	if is_done():
		say(f"[ok]   {title}")
		return False
	say(f"[...]  {title}")
	started = time.monotonic()
	do()
	if not is_done():
		raise Problem(f"'{title}' finished without an error, yet its result is not there.")
	say(f"[done] {title} ({time.monotonic() - started:.0f} s)")
	return True


def run(
	command: list,
	log: Path,
	*,
	cwd: Path | None = None,
	env: dict | None = None,
	stdin: Path | None = None,
) -> None:
	"""Run a command with its output in the log; show a sign of life now and then, and the log's end on failure."""
	log.parent.mkdir(parents=True, exist_ok=True)
	with log.open("ab") as out, open(stdin or os.devnull, "rb") as source:
		out.write(f"\n$ {' '.join(map(str, command))}\n".encode())
		out.flush()
		process = spawn(command, cwd=cwd, env=env, stdin=source, stdout=out, stderr=subprocess.STDOUT)
		status = _wait(process, log)
	if status:
		raise Problem(f"{_short(command)} failed (exit {status}). The end of {log}:\n{tail(log)}")


def spawn(command: list, *, env: dict | None = None, **options) -> subprocess.Popen:
	"""Start a command that dies with us; what it started in turn carries our tokens, see `end_survivors`."""
	return subprocess.Popen(
		[str(part) for part in command],
		env={**os.environ, **(env or {}), **carried_tokens()},
		preexec_fn=die_with_parent,
		**options,
	)


def carried_tokens() -> dict:
	return {TOKENS_VARIABLE: " ".join(tokens)}


def show(command: list, *, cwd: Path | None = None, env: dict | None = None) -> int:
	"""Run a command whose output goes straight to the person."""
	return spawn(command, cwd=cwd, env=env).wait()


def capture(
	command: list, *, cwd: Path | None = None, env: dict | None = None, timeout: float = 60
) -> str | None:
	"""The command's output, or None when it fails, is missing or takes too long."""
	try:
		done = subprocess.run(
			[str(part) for part in command],
			cwd=cwd,
			env={**os.environ, **(env or {})},
			stdin=subprocess.DEVNULL,
			capture_output=True,
			text=True,
			timeout=timeout,
		)
	except (OSError, subprocess.TimeoutExpired):
		return None
	return done.stdout.strip() if done.returncode == 0 else None


@contextmanager
def leaving_nobody_behind() -> Iterator[None]:
	"""For commands that start processes of their own, as tests do: whatever is left of them at the end is ended."""
	token = secrets.token_hex(8)
	tokens.append(token)
	try:
		yield
	finally:
		tokens.remove(token)
		end_survivors(token)


def end_survivors(token: str) -> None:
	"""End what a killed ./dev left behind: processes that carry its token. They would disturb the one that goes on."""
	for folder in Path("/proc").glob("[0-9]*"):
		try:
			variables = (folder / "environ").read_bytes().decode(errors="replace").split("\0")
			if any(line.startswith(f"{TOKENS_VARIABLE}=") and token in line for line in variables):
				os.kill(int(folder.name), signal.SIGKILL)
		except OSError:
			continue


def tail(log: Path, lines: int = TAIL_LINES) -> str:
	if not log.exists():
		return ""
	with log.open("rb") as file:
		file.seek(max(0, log.stat().st_size - 20_000))
		return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])


def _wait(process: subprocess.Popen, log: Path) -> int:
	started = time.monotonic()
	while True:
		try:
			return process.wait(HEARTBEAT_SECONDS)
		except subprocess.TimeoutExpired:
			last = tail(log, 1)[-100:]
			say(f"         {time.monotonic() - started:4.0f} s  {last}")
		except KeyboardInterrupt:
			process.terminate()
			raise


def _short(command: list) -> str:
	words = [Path(str(command[0])).name, *map(str, command[1:4])]
	return " ".join(words)


def die_with_parent() -> None:
	"""Ask Linux to end this child when ./dev is killed, so that nothing half-done goes on by itself."""
	pr_set_pdeathsig = 1
	if sys.platform == "linux":
		ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
