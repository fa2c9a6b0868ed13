"""A process that runs HRMS's own tests of some DocTypes on one site and writes what became of each test.

	python run_hrms_tests.py SITE OUTCOMES.json DOCTYPE ...      (in the bench's folder `sites`)

Frappe's own runner does the work; only its result class is replaced by one that keeps notes. What other tests spare
themselves of reading again and again, these do too.
"""

import json
import sys
import traceback
from pathlib import Path

import frappe
import frappe.test_runner
from kept_caches import kept_caches
from made_once import make_once

OUTCOMES: dict[str, str] = {}


class NotingResult(frappe.test_runner.TimeLoggingTestResult):
	def addSuccess(self, test):
		super().addSuccess(test)
		OUTCOMES.setdefault(test.id(), "passed")

	def addFailure(self, test, err):
		super().addFailure(test, err)
		OUTCOMES[test.id()] = f"failed: {_last_line(err)}"

	def addError(self, test, err):
		super().addError(test, err)
		OUTCOMES[test.id()] = f"error: {_last_line(err)}"

	def addSubTest(self, test, subtest, err):
		super().addSubTest(test, subtest, err)
		if err:
			OUTCOMES[test.id()] = f"failed: {_last_line(err)}"

	def addSkip(self, test, reason):
		super().addSkip(test, reason)
		OUTCOMES[test.id()] = f"skipped: {reason}"


def _last_line(err) -> str:
	return traceback.format_exception_only(err[0], err[1])[-1].strip()


def main(site: str, outcomes: str, doctypes: list[str]) -> None:
	frappe.test_runner.TimeLoggingTestResult = NotingResult
	make_once()
	frappe.init(site=site)
	frappe.connect()
	with kept_caches():
		frappe.test_runner.main(site=site, app="hrms", doctype=doctypes)
	Path(outcomes).write_text(json.dumps(OUTCOMES, indent=1, sort_keys=True))


if __name__ == "__main__":
	main(sys.argv[1], sys.argv[2], sys.argv[3:])
