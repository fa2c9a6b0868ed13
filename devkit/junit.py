"""Counts what pytest's junit file says, and writes the summary of a whole run."""

import xml.etree.ElementTree as ElementTree
from dataclasses import asdict, dataclass
from pathlib import Path

from devkit.state import write_json


@dataclass
class Result:
	"""One group of tests. An error (a broken fixture, a file that does not import) counts as failed."""

	passed: int = 0
	failed: int = 0
	skipped: int = 0
	not_run: str = ""

	@property
	def total(self) -> int:
		return self.passed + self.failed + self.skipped

	def as_json(self) -> dict:
		content = asdict(self)
		if not self.not_run:
			del content["not_run"]
		return content

	def line(self, name: str) -> str:
		if self.not_run:
			return f"{name}: not run"
		return f"{name}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def count(file: Path) -> Result:
	"""A missing or broken file is a failure: pytest died before it could write."""
	try:
		root = ElementTree.parse(file).getroot()
	except (OSError, ElementTree.ParseError):
		return Result(failed=1)
	result = Result()
	for case in root.iter("testcase"):
		kinds = {child.tag for child in case}
		if kinds & {"failure", "error"}:
			result.failed += 1
		elif "skipped" in kinds:
			result.skipped += 1
		else:
			result.passed += 1
	return result


def total(results: dict[str, Result]) -> Result:
	return Result(
		passed=sum(result.passed for result in results.values()),
		failed=sum(result.failed for result in results.values()),
		skipped=sum(result.skipped for result in results.values()),
	)


def write_summary(file: Path, commit: str, results: dict[str, Result]) -> None:
	write_json(file, {"commit": commit, **{name: result.as_json() for name, result in results.items()}})


def closing_lines(results: dict[str, Result]) -> list[str]:
	"""Counts first, then everything that was not run and why."""
	lines = [result.line(name) for name, result in results.items()]
	lines.append(total(results).line("total"))
	lines += [
		f"NOT RUN: tests/{name}: {result.not_run}" for name, result in results.items() if result.not_run
	]
	return lines
