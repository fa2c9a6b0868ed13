"""HRMS's own tests give the same result with this app installed as without: each test, each outcome.

Two fresh sites from the same dump, one process each, at the same time. The result without the app is kept for the
versions it was made with, beside the bench's dumps, so that a fresh checkout need not run them again.
"""

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import erpnext
import frappe
import hrms
from live_site import sites_folder
from spare_site import spare_site

DOCTYPES = (
	"Employee Referral",
	"Job Applicant",
	"Job Offer",
	"Interview",
	"Employee Onboarding",
	"Appraisal",
	"Goal",
	"Employee Promotion",
	"Leave Allocation",
	"Additional Salary",
)
ROOT = Path(__file__).resolve().parents[2]
RUNNER = ROOT / "tests" / "helpers" / "run_hrms_tests.py"


def test_hrms_tests_end_the_same_with_the_app_as_without(tmp_path):
	with ThreadPoolExecutor(2) as together:
		without = together.submit(_baseline, _versions(), tmp_path)
		with_app = together.submit(_outcomes, "hub-hrms-with.localhost", True, tmp_path)
	assert with_app.result() == without.result()
	assert set(without.result().values()) == {"passed"}
	assert {doctype for doctype in DOCTYPES if not _tests_of(doctype, without.result())} == set()


def _tests_of(doctype: str, outcomes: dict[str, str]) -> list[str]:
	return [name for name in outcomes if f".{frappe.scrub(doctype)}.test_" in name]


def _versions() -> list[str]:
	commits = [_commit(module) for module in (frappe, erpnext, hrms)]
	return [*commits, frappe.utils.today()[:7], *DOCTYPES]


def _commit(module) -> str:
	folder = Path(module.__file__).parent
	return subprocess.run(
		["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True
	).stdout.strip()


def _baseline(key: list[str], folder: Path) -> dict[str, str]:
	"""Return what becomes of the tests without our app: run once for these versions in a month."""
	file = _baseline_file()
	kept = json.loads(file.read_text()) if file.exists() else {}
	if kept.get("key") != key:
		kept = {"key": key, "outcomes": _outcomes("hub-hrms-without.localhost", False, folder)}
		draft = folder / file.name
		draft.write_text(json.dumps(kept, indent=1))
		file.parent.mkdir(exist_ok=True)
		shutil.move(draft, file)
	return kept["outcomes"]


def _baseline_file() -> Path:
	"""Of the bench; a bench that ./dev did not make has no folder for it, then of this checkout."""
	bench = sites_folder().parent / ".hub"
	return (bench if bench.is_dir() else ROOT / ".dev") / "hrms-baseline.json"


def _outcomes(name: str, with_app: bool, folder: Path) -> dict[str, str]:
	with spare_site(name, "base") as site:
		if with_app:
			site.bench("install-app", "referral_hub")
		report = folder / f"{name}.json"
		done = subprocess.run(
			[sys.executable, RUNNER, site.name, report, *DOCTYPES],
			cwd=sites_folder(),
			env=site.environment(),
			capture_output=True,
			text=True,
			timeout=1800,
		)
		assert report.exists(), done.stdout[-3000:] + done.stderr[-3000:]
		return json.loads(report.read_text())
