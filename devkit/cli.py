"""The words people type after ./dev."""

import argparse
import itertools
import signal

from devkit import bench, benchmarks, lint, opening, suites, web
from devkit.layout import find_layout
from devkit.servers import Servers
from devkit.shell import Problem, keep_output_clean, say
from devkit.sources import choose_sources
from devkit.trial import command as trial

APPS_FROM = {
	"metavar": "DIR-OR-URL",
	"help": "folder or base address with git repositories frappe, erpnext, hrms (default: the official upstream)",
}


def main(words: list[str]) -> int:
	options, rest = _parser().parse_known_args(words)
	if rest and options.command != "test":
		_parser().error(f"unknown: {' '.join(rest)}")
	signal.signal(signal.SIGTERM, _interrupted)
	try:
		return COMMANDS[options.command](options, rest)
	except Problem as problem:
		say(f"\n[stop] {problem}")
		return 1
	except PermissionError as refused:
		say(f"\n[stop] You may not touch {refused.filename or 'what runs there'}. {bench.ADVICE}")
		return 1
	except BrokenPipeError:
		return 1  # who read our output went away, as `head` does
	except KeyboardInterrupt:
		say("\n[stop] interrupted; the same command goes on from here")
		return 130


def _interrupted(*_) -> None:
	"""A polite end is like Ctrl-C: what we started is stopped on the way out."""
	raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
	parser = argparse.ArgumentParser(
		prog="./dev", description="HUB_BENCH names the bench (default ~/referral-hub-bench)."
	)
	commands = parser.add_subparsers(dest="command", required=True)
	up = commands.add_parser(
		"up", help="from nothing to a browser: bench, apps, site, demo company, server on 127.0.0.1"
	)
	up.add_argument("--apps-from", **APPS_FROM)
	test = commands.add_parser(
		"test",
		help="all tests, or some groups, on a site of their own; other words go to pytest",
		usage="./dev test [core] [site] [browser] [--keep] [--site NAME] [--lanes N] [--apps-from DIR-OR-URL] [words for pytest]",
		allow_abbrev=False,
	)
	test.add_argument("--apps-from", **APPS_FROM)
	test.add_argument(
		"--keep", action="store_true", help="use the test site as it is, only migrate (quicker)"
	)
	test.add_argument(
		"--site", default=suites.TEST_SITE, help="name of the test site, to have one of your own"
	)
	test.add_argument(
		"--lanes",
		type=int,
		default=0,
		help="test sites side by side (default: 2 where there are two processors, 1 for a few tests)",
	)
	measure = commands.add_parser(
		"bench", help="benchmarks, ours beside a peer; exit 1 when a bound does not hold"
	)
	measure.add_argument("names", nargs="*", metavar="NAME")
	measure.add_argument("--json", action="store_true")
	measure.add_argument("--apps-from", **APPS_FROM)
	trial.add_words(
		commands.add_parser(
			"try",
			help="what reward rules would have paid on a history, from files, with a report: no site, nothing but Python",
		)
	)
	lint_parser = commands.add_parser("lint", help="ruff, prettier and eslint")
	lint_parser.add_argument(
		"--fix", action="store_true", help="format, and mend what can be mended by itself"
	)
	commands.add_parser("down", help="stop every server that ./dev started")
	return parser


def _up(options, rest) -> int:
	layout = find_layout()
	return opening.up(layout, choose_sources(layout, options.apps_from))


def _test(options, rest) -> int:
	layout = find_layout()
	groups, words = split_groups(rest)
	wish = suites.Wish(groups, words, options.keep, options.site, options.lanes)
	return suites.run_tests(layout, wish, choose_sources(layout, options.apps_from))


def split_groups(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
	"""Groups come first; all else is for pytest. A path without a group chooses the group it is in."""
	named = list(itertools.takewhile(lambda word: word in suites.GROUPS, words))
	rest = words[len(named) :]
	wanted = {*named} or {group for word in rest if (group := suites.group_of(word))} or {*suites.GROUPS}
	return tuple(name for name in suites.GROUPS if name in wanted), rest


def _bench(options, rest) -> int:
	if options.json:
		keep_output_clean()
	layout = find_layout()
	return benchmarks.run_benchmarks(
		layout, choose_sources(layout, options.apps_from), options.names, options.json
	)


def _try(options, rest) -> int:
	return trial.run_trial(options)


def _lint(options, rest) -> int:
	return lint.run_lint(find_layout(), options.fix)


def _down(options, rest) -> int:
	layout = find_layout()
	if layout.hub.is_dir():
		web.stop(layout)
		if not Servers(layout).stop_unless_used():
			say("MariaDB and Redis stay up: another ./dev works with them, and stops them when it is done.")
			return 0
	say("Nothing that ./dev started runs any more.")
	return 0


COMMANDS = {"up": _up, "test": _test, "bench": _bench, "try": _try, "lint": _lint, "down": _down}
