"""For all tests: Hypothesis profiles. Imports no frappe, so that tests/core runs without one."""

import json
import os
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase


def choose_lane() -> None:
	"""Of tests that run side by side, each process has a site and Redis of its own; `./dev test` says which."""
	number = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
	lanes = json.loads(os.environ.get("HUB_LANES", "[]"))
	if number and lanes:
		os.environ.update(lanes[int(number)])


choose_lane()


def pytest_make_parametrize_id(val):
	"""Bytes are no name: it would be a megabyte long, or have the time in it that an archive has."""
	return f"{len(val)} bytes" if isinstance(val, bytes) else None


EXAMPLES = Path(__file__).resolve().parent.parent / ".dev" / "hypothesis"

settings.register_profile(
	"hub",
	deadline=None,
	print_blob=True,
	database=DirectoryBasedExampleDatabase(EXAMPLES),
	suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", settings.get_profile("hub"), max_examples=2000)
settings.load_profile(os.environ.get("HUB_HYPOTHESIS", "hub"))
