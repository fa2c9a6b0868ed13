"""`./dev bench`: the runner in benchmarks/ on a site of its own."""

from contextlib import ExitStack

from devkit.layout import Layout
from devkit.shell import Problem, leaving_nobody_behind, show
from devkit.sources import Sources
from devkit.testsites import live_environment, open_test_sites, why_no_bench

BENCHMARK_SITE = "hub-bench.localhost"


def run_benchmarks(layout: Layout, origin: Sources, names: list[str], as_json: bool) -> int:
	if reason := why_no_bench(layout, origin):
		raise Problem(f"Benchmarks need a site, but {reason}")
	with ExitStack() as stack:
		[lane] = open_test_sites(layout, [BENCHMARK_SITE], True, origin, stack)
		words = [*names, *(["--json"] if as_json else [])]
		command = [layout.python, "-m", "benchmarks", *words]
		with leaving_nobody_behind():
			return show(command, cwd=layout.checkout, env=live_environment(layout, lane))
