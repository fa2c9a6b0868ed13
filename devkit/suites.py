"""`./dev test`: the three groups of tests, what each needs, and the summary."""

import os
import shutil
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from devkit import assets, bench, junit, machine, web
from devkit.junit import Result
from devkit.layout import Layout
from devkit.servers import Servers
from devkit.shell import Problem, capture, leaving_nobody_behind, run, say, show, step
from devkit.sites import ADMIN_PASSWORD, Sites, newest_dumps, used_by_tests
from devkit.sources import Sources, all_cloned
from devkit.state import fingerprint, locked

GROUPS = ("core", "site", "browser")
PATHS = {
	"core": ("tests/core", "tests/test_architecture.py"),
	"site": ("tests/site",),
	"browser": ("tests/browser",),
}
TEST_SITE = "hub-test.localhost"
NO_TESTS_COLLECTED = 5
TEST_SITE_CONFIG = {
	"allow_tests": True,
	"developer_mode": 0,
	"disable_async": 1,
	"mute_emails": 1,
	"pause_scheduler": 1,
}


@dataclass
class Wish:
	"""What the person asked for."""

	groups: tuple[str, ...] = GROUPS
	pytest: list[str] = field(default_factory=list)
	keep: bool = False
	site: str = TEST_SITE


def run_tests(layout: Layout, wish: Wish, origin: Sources) -> int:
	layout.output.mkdir(exist_ok=True)
	results = {name: Result(not_run="not asked for") for name in GROUPS}
	if "core" in wish.groups:
		results["core"] = _attempt(lambda: _run_core(layout, wish))
	live = [name for name in GROUPS[1:] if name in wish.groups]
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
	return _pytest(layout, wish, "core", python, {"PYTHONPATH": str(layout.checkout)})


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


def why_no_bench(layout: Layout, origin: Sources) -> str | None:
	"""None when there is a bench, or everything to make one from."""
	if all_cloned(layout):
		return None
	trouble = origin.why_unreachable()
	return f"there is no bench at {layout.bench}, and {trouble}" if trouble else None


def _run_on_site(
	layout: Layout, wish: Wish, origin: Sources, names: list[str], stack: ExitStack
) -> dict[str, Result]:
	servers = prepare_bench(layout, origin, stack)
	sites = Sites(layout, servers)
	make_test_site(layout, sites, wish.site, wish.keep)
	stack.enter_context(locked(used_by_tests(layout, wish.site), shared=True))
	results = {}
	if "site" in names:
		results["site"] = _pytest(layout, wish, "site", layout.python, live_environment(layout, wish.site))
	if "browser" in names:
		results["browser"] = _attempt(lambda: _run_browser(layout, wish))
	return results


def prepare_bench(layout: Layout, origin: Sources, stack: ExitStack) -> Servers:
	"""A bench with this checkout in it and its servers up, for as long as the stack is open."""
	bench.check_may_use(layout, origin)
	servers = Servers(layout)
	with locked(layout.hub / "prepare.lock"):
		bench.prepare(layout, origin)
		stack.enter_context(servers.running())
		assets.prepare(layout)
	return servers


def make_test_site(layout: Layout, sites: Sites, site: str, keep: bool) -> None:
	"""From the dump, our app installed anew, unless it is to be kept and is there."""
	if keep and sites.is_there(site) and not sites.was_interrupted(site):
		with locked(used_by_tests(layout, site)):
			sites.migrate_if_changed(site)
		return
	dump = sites.test_dump()
	with locked(used_by_tests(layout, site)):
		say(f"[...]  {site} is made anew")
		config = {**TEST_SITE_CONFIG, "hub_stage_begun": "restore"}
		sites.restore(site, dump, config)
		sites.stage(site, "app installed", lambda: sites.install_app(site))


def live_environment(layout: Layout, site: str) -> dict:
	return {
		**bench.environment(layout),
		"HUB_BENCH": str(layout.bench),
		"HUB_TEST_SITE": site,
		"HUB_ADMIN_PASSWORD": ADMIN_PASSWORD,
		**{f"HUB_DUMP_{kind.upper()}": str(path) for kind, path in newest_dumps(layout).items()},
	}


def _run_browser(layout: Layout, wish: Wish) -> Result:
	if not list((layout.checkout / "tests/browser").glob("test_*.py")):
		return Result(not_run="there are no tests in tests/browser yet")
	chromium = machine.find_chromium()
	if not chromium:
		return Result(not_run="no Chromium on this machine (Debian package: chromium)")
	axe = layout.node / "node_modules" / "axe-core" / "axe.min.js"
	step("axe-core", axe.exists, lambda: machine.npm_install(layout, "axe-core@4"))
	with web.serving(layout, wish.site) as address:
		environment = {
			**live_environment(layout, wish.site),
			"HUB_BASE_URL": address,
			"HUB_CHROMIUM": chromium,
			"HUB_AXE": str(axe),
		}
		return _pytest(layout, wish, "browser", layout.python, environment)


# pytest


def _pytest(layout: Layout, wish: Wish, name: str, python: Path, environment: dict) -> Result:
	if not any((layout.checkout / place).exists() for place in PATHS[name]):
		return Result(not_run=f"there is no {PATHS[name][0]} yet")
	report = layout.output / f"junit-{name}.xml"
	report.unlink(missing_ok=True)
	say(f"\n== {name} ==")
	command = [python, "-m", "pytest", f"--junitxml={report}", "--durations=10", "--durations-min=1"]
	words = pytest_words(wish.pytest, name)
	with leaving_nobody_behind():
		status = show([*command, *words], cwd=layout.checkout, env=environment)
	return judge(junit.count(report), status, bool(wish.pytest))


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
