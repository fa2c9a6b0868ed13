"""`./dev bench`: the runner in benchmarks/ on a site of its own."""

from contextlib import ExitStack

from devkit import machine
from devkit.layout import Layout
from devkit.shell import Problem, leaving_nobody_behind, say, show, step
from devkit.sources import Sources
from devkit.testsites import live_environment, open_test_sites, why_no_bench

BENCHMARK_SITE = "hub-bench.localhost"
IN_A_BROWSER = "lighthouse"


def run_benchmarks(layout: Layout, origin: Sources, names: list[str], as_json: bool) -> int:
	if reason := why_no_bench(layout, origin):
		raise Problem(f"Benchmarks need a site, but {reason}")
	with ExitStack() as stack:
		[lane] = open_test_sites(layout, [BENCHMARK_SITE], True, origin, stack)
		words = [*names, *(["--json"] if as_json else [])]
		command = [layout.python, "-m", "benchmarks", *words]
		environment = {**live_environment(layout, lane), **browser_for(layout, names)}
		with leaving_nobody_behind():
			return show(command, cwd=layout.checkout, env=environment)


def browser_for(layout: Layout, names: list[str]) -> dict[str, str]:
	"""Return what the benchmark in a browser needs; nothing where only others are asked for, or where there is no browser."""
	if names and IN_A_BROWSER not in names:
		return {}
	chromium = machine.find_chromium()
	if not chromium:
		missing = "no Chromium on this machine (Debian package: chromium)"
		if names:
			raise Problem(f"{IN_A_BROWSER}: {missing}")
		say(f"[miss] {IN_A_BROWSER}: {missing}")
		return {}
	program = layout.node / "node_modules" / ".bin" / "lighthouse"
	# the last one that runs with the oldest Node we take
	step("Lighthouse", program.exists, lambda: machine.npm_install(layout, "lighthouse@12"))
	return {"HUB_CHROMIUM": chromium, "HUB_LIGHTHOUSE": str(program)}
