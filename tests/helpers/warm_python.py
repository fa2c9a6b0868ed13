"""Starts Python programs of the tests without their start: most of what a short one takes is importing the platform.

One process for each process of tests, `warm_process.py`, has imported everything and is connected to nothing; each program is
a fork of it. A fork is a process like any other: what becomes of it, also a kill, becomes of the command that asked for it, and
a command that is killed takes it along.
"""

import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

HELPERS = Path(__file__).resolve().parent
ROOT = HELPERS.parents[1]


def warm_python() -> list[str]:
	"""For `subprocess`, in place of `sys.executable`: followed by `-c` and a script, `-m` and a module, or a file."""
	return [sys.executable, "-I", "-S", str(HELPERS / "warm_command.py"), _address()]


@cache
def _address() -> str:
	"""Where the warm process listens, in a folder of ours alone; it ends with its input, when the tests end."""
	address = str(Path(tempfile.mkdtemp()) / "warm")
	paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
	warm = subprocess.Popen(
		[sys.executable, str(HELPERS / "warm_process.py"), address],
		stdin=subprocess.PIPE,
		stdout=subprocess.PIPE,
		env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
	)
	_kept.append(warm)
	assert warm.stdout.readline() == b"ready\n"
	return address


_kept: list[subprocess.Popen] = []
