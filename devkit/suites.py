"""`./dev test`: the three groups of tests, what each needs, and the summary."""

import json
import os
import secrets
import shutil
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from devkit import junit, lanes, machine, web
from devkit.junit import Result
from devkit.lanes import Lane
from devkit.layout import Layout
from devkit.shell import Problem, capture, leaving_nobody_behind, run, say, show, step
from devkit.sources import Sources
from devkit.state import fingerprint
from devkit.testsites import live_environment, open_test_sites, why_no_bench

GROUPS = ("core", "site", "browser")
LIVE = GROUPS[1:]
PATHS = {
	"core": ("tests/core", "tests/test_architecture.py"),
	"site": ("tests/site",),
	"browser": ("tests/browser",),
}
TEST_SITE = "hub-test.localhost"
FEW_TESTS = ("-k", "-m", "--lf", "--last-failed", "--pdb", "-s")
NO_TESTS_COLLECTED = 5
# A file stays together and in its order; a process that dies is a failure, not replaced on a half-used site
SIDE_BY_SIDE = ("--dist=loadfile", "--no-loadscope-reorder", "--max-worker-restart=0")
# Tests of core share nothing: whoever is done takes of the other's
SHARED_OUT = ("--dist=worksteal", "--max-worker-restart=0")


@dataclass
class Wish:
	"""What the person asked for."""

	groups: tuple[str, ...] = GROUPS
	pytest: list[str] = field(default_factory=list)
	keep: bool = False
	site: str = TEST_SITE
	lanes: int = 0  # how many test sites side by side; 0: as many as make sense

	def sites(self) -> list[str]:
		return lanes.lane_sites(self.site, self.lanes or lanes.sensible_lanes(self.wants_all_of_a_group()))

	def wants_all_of_a_group(self) -> bool:
		return bool(set(LIVE) & set(self.groups)) and not self.is_narrowed()

	def is_narrowed(self) -> bool:
		"""To a few tests of a group, or to a debugger, which needs the terminal for itself."""
		return any(word in FEW_TESTS or group_of(word) for word in self.pytest)


def run_tests(layout: Layout, wish: Wish, origin: Sources) -> int:
	layout.output.mkdir(exist_ok=True)
	results = {name: Result(not_run="not asked for") for name in GROUPS}
	if "core" in wish.groups:
		results["core"] = _attempt(lambda: _run_core(layout, wish))
	live = [name for name in LIVE if name in wish.groups]
	if live:
		results.update(_run_live(layout, wish, origin, live))
	return _conclude(layout, wish, results)


def _conclude(layout: Layout, wish: Wish, results: dict[str, Result]) -> int:
	commit = capture(["git", "rev-parse", "HEAD"], cwd=layout.checkout) or ""
	junit.write_summary(layout.output / "last-test.json", commit, results)
	asked = {name: results[name] for name in wish.groups}
	say()
	for line in junit.closing_lines(asked):
		say(line)
	return exit_code(asked, bool(os.environ.get("HUB_REQUIRE_SITE") == "1"))


def exit_code(results: dict[str, Result], everything_required: bool) -> int:
	"""Nothing may fail, something must have run, and where it is required everything must have."""
	whole = junit.total(results)
	if whole.failed or not whole.total:
		return 1
	return int(everything_required and any(result.not_run for result in results.values()))


def _attempt(work) -> Result:
	"""A group that cannot be prepared has failed; its reason is said and kept."""
	try:
		return work()
	except Problem as problem:
		say(f"[FAIL] {problem}")
		return Result(failed=1)


# core


def _run_core(layout: Layout, wish: Wish) -> Result:
	python = core_python(layout)
	environment = {"PYTHONPATH": str(layout.checkout)}
	return _pytest(layout, wish, "core", python, environment, core_words(wish))


def core_words(wish: Wish) -> list[str]:
	"""All of core goes to as many processes as there are lanes; a few tests take less than a second process does."""
	processes = lanes.sensible_lanes(not wish.is_narrowed())
	return [f"--numprocesses={processes}", *SHARED_OUT] if processes > 1 else []


def core_python(layout: Layout) -> Path:
	"""A small environment of its own: the pure rules need no Frappe, and this proves it."""
	venv = layout.output / "core"
	stamp = venv / "made-from.txt"
	wanted = fingerprint([layout.checkout / "pyproject.toml"], sys.version)
	step(
		"environment for the core tests",
		lambda: stamp.exists() and stamp.read_text() == wanted,
		lambda: _make_core_env(layout, venv, stamp, wanted),
	)
	return venv / "bin" / "python"


def _make_core_env(layout: Layout, venv: Path, stamp: Path, wanted: str) -> None:
	log = layout.output / "core.log"
	shutil.rmtree(venv, ignore_errors=True)
	run([sys.executable, "-m", "venv", venv], log)
	run([venv / "bin" / "python", "-m", "pip", "install", "-q", "-e", f"{layout.checkout}[core]"], log)
	stamp.write_text(wanted)


# site and browser


def _run_live(layout: Layout, wish: Wish, origin: Sources, names: list[str]) -> dict[str, Result]:
	if reason := why_no_bench(layout, origin):
		return {name: Result(not_run=reason) for name in names}
	try:
		with ExitStack() as stack:
			return _run_on_site(layout, wish, origin, names, stack)
	except Problem as problem:
		say(f"[FAIL] {problem}")
		return {name: Result(failed=1) for name in names}


def _run_on_site(
	layout: Layout, wish: Wish, origin: Sources, names: list[str], stack: ExitStack
) -> dict[str, Result]:
	run_lanes = open_test_sites(layout, wish.sites(), wish.keep, origin, stack)
	results = {}
	if "site" in names:
		environments = [live_environment(layout, lane) for lane in run_lanes]
		results["site"] = _pytest_in_lanes(layout, wish, "site", environments)
	if "browser" in names:
		results["browser"] = _attempt(lambda: _run_browser(layout, wish, run_lanes))
	return results


def _run_browser(layout: Layout, wish: Wish, run_lanes: list[Lane]) -> Result:
	if not list((layout.checkout / "tests/browser").glob("test_*.py")):
		return Result(not_run="there are no tests in tests/browser yet")
	chromium = machine.find_chromium()
	if not chromium:
		return Result(not_run="no Chromium on this machine (Debian package: chromium)")
	axe = layout.node / "node_modules" / "axe-core" / "axe.min.js"
	step("axe-core", axe.exists, lambda: machine.npm_install(layout, "axe-core@4"))
	with ExitStack() as servers:
		environments = [
			{
				**live_environment(layout, lane),
				"HUB_BASE_URL": servers.enter_context(web.serving(layout, lane.site, lane.environment())),
				"HUB_CHROMIUM": chromium,
				"HUB_AXE": str(axe),
			}
			for lane in run_lanes
		]
		return _pytest_in_lanes(layout, wish, "browser", environments)


def _pytest_in_lanes(layout: Layout, wish: Wish, name: str, environments: list[dict]) -> Result:
	"""In one process, or file by file in a process for each lane: tests/conftest.py tells each which lane is its own."""
	if len(environments) == 1:
		return _pytest(layout, wish, name, layout.python, environments[0])
	environment = {**environments[0], "HUB_LANES": json.dumps(environments)}
	words = [f"--numprocesses={len(environments)}", *SIDE_BY_SIDE]
	return _pytest(layout, wish, name, layout.python, environment, words)


# pytest


def _pytest(
	layout: Layout, wish: Wish, name: str, python: Path, environment: dict, more: list[str] | None = None
) -> Result:
	if not any((layout.checkout / place).exists() for place in PATHS[name]):
		return Result(not_run=f"there is no {PATHS[name][0]} yet")
	report = layout.output / f"junit-{name}.xml"
	report.unlink(missing_ok=True)
	say(f"\n== {name} ==")
	command = [
		python,
		"-m",
		"pytest",
		f"--junitxml={report}",
		"--durations=10",
		"--durations-min=1",
		*(more or []),
	]
	words = pytest_words(wish.pytest, name)
	with leaving_nobody_behind():
		status = show([*command, *words], cwd=layout.checkout, env={**one_order(), **environment})
	return judge(junit.count(report), status, bool(wish.pytest))


def one_order() -> dict:
	"""Processes side by side must name their tests in one order, also where it comes from a set; another one each run."""
	return {"PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED") or str(secrets.randbelow(2**32))}


def pytest_words(words: list[str], name: str) -> list[str]:
	"""The person's own paths in this group instead of the whole group, when there are any."""
	others = [word for word in words if (group := group_of(word)) and group != name]
	mine = [word for word in words if word not in others]
	return mine if any(group_of(word) for word in mine) else [*mine, *PATHS[name]]


def group_of(word: str) -> str | None:
	"""The group that a path (or path::test) belongs to."""
	path = word.split("::")[0]
	for name, places in PATHS.items():
		if any(path == place or path.startswith(f"{place}/") for place in places):
			return name
	return None


def judge(result: Result, status: int, narrowed: bool) -> Result:
	"""Pytest's exit code counts too: a run that broke off has failed even when every finished test passed."""
	if status == NO_TESTS_COLLECTED:
		return Result(not_run="no test was selected" if narrowed else "it has no tests yet")
	if status and not result.failed:
		result.failed += 1
	return result
