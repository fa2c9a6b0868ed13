"""For all tests: Hypothesis profiles. Imports no frappe, so that tests/core runs without one."""

import os
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

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
