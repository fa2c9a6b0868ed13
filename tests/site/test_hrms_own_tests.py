"""HRMS's own tests end with this app installed as they end without: each of them, and each passes.

A fresh site from the dump, one process. What passes is the same with and without; only when something does not, the same
tests run without the app too, and say whose fault it is.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import frappe
import hrms
import pytest
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
TEST = re.compile(r"^\tdef (test_\w+)\(self", re.MULTILINE)


def test_hrms_tests_end_the_same_with_the_app_as_without(tmp_path):
	with_app = _outcomes("hub-hrms-with.localhost", True, tmp_path)
	if set(with_app.values()) != {"passed"}:
		assert with_app == _outcomes("hub-hrms-without.localhost", False, tmp_path)
		pytest.fail(f"HRMS's own tests do not pass, with or without the app: {with_app}")
	assert {doctype: _ran(doctype, with_app) for doctype in DOCTYPES} == {
		doctype: _written(doctype) for doctype in DOCTYPES
	}


def _ran(doctype: str, outcomes: dict[str, str]) -> list[str]:
	return sorted(name.rpartition(".")[2] for name in outcomes if f".{frappe.scrub(doctype)}.test_" in name)


def _written(doctype: str) -> list[str]:
	"""The names of the tests in HRMS's own file about it."""
	name = frappe.scrub(doctype)
	file = Path(hrms.__file__).parent / "hr" / "doctype" / name / f"test_{name}.py"
	if not file.exists():
		file = Path(hrms.__file__).parent / "payroll" / "doctype" / name / f"test_{name}.py"
	return sorted(TEST.findall(file.read_text()))


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
