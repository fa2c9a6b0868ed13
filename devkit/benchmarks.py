"""`./dev bench`: the runner in benchmarks/ on a site of its own."""

from contextlib import ExitStack

from devkit.layout import Layout
from devkit.shell import Problem, leaving_nobody_behind, show
from devkit.sites import Sites, used_by_tests
from devkit.sources import Sources
from devkit.state import locked
from devkit.suites import live_environment, make_test_site, prepare_bench, why_no_bench

BENCHMARK_SITE = "hub-bench.localhost"


def run_benchmarks(layout: Layout, origin: Sources, names: list[str], as_json: bool) -> int:
	if reason := why_no_bench(layout, origin):
		raise Problem(f"Benchmarks need a site, but {reason}")
	with ExitStack() as stack:
		servers = prepare_bench(layout, origin, stack)
		make_test_site(layout, Sites(layout, servers), BENCHMARK_SITE, keep=True)
		stack.enter_context(locked(used_by_tests(layout, BENCHMARK_SITE)))
		words = [*names, *(["--json"] if as_json else [])]
		command = [layout.python, "-m", "benchmarks", *words]
		with leaving_nobody_behind():
			return show(command, cwd=layout.checkout, env=live_environment(layout, BENCHMARK_SITE))
