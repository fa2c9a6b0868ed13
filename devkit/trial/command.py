"""Plays sets of rules on a history, all from files: prints what they would have paid, and writes a report to look at."""

import json
import sys
from datetime import date
from pathlib import Path

from devkit.layout import find_layout
from devkit.shell import Problem
from devkit.trial import policies, report, results, tables
from devkit.trial.markup import visible
from devkit.trial.policies import PolicyFile
from devkit.trial.referrals import History, read_history
from devkit.trial.words import LANGUAGES, Words
from referral_hub.rewards.rules.promising.policy import Policy
from referral_hub.rewards.rules.simulating.simulator import Played, play
from referral_hub.rewards.rules.simulating.worth import Worth

SAMPLES = Path(__file__).parent / "samples"
SETS = Path(__file__).resolve().parents[2] / "referral_hub" / "setup" / "samples"
SAMPLE_SETS = ("start-up", "retail", "manufacturing", "software")
SAMPLE_TODAY = date(2026, 6, 30)
PLAYED, LEFT_OUT = 0, 3
MOST_MONTHS = 120


def add_words(parser) -> None:
	"""Say what may be typed after `./dev try`."""
	parser.add_argument(
		"files",
		nargs="*",
		type=Path,
		metavar="RULES.json ... REFERRALS.csv",
		help="one set of rules or several, and a history; default: the sample rules on a sample year",
	)
	parser.add_argument(
		"--current", type=Path, metavar="RULES.json", help="the rules of today, to compare with"
	)
	parser.add_argument("--today", type=date.fromisoformat, default=None, metavar="2026-01-31")
	parser.add_argument(
		"--months-later",
		type=_months,
		default=0,
		metavar="N",
		help="as if each referral were made N months later",
	)
	parser.add_argument("--report", type=Path, metavar="FILE.html", help="default: .dev/try.html")
	parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the report")
	parser.add_argument("--json", action="store_true", help="all figures, for a program")


def run_trial(options) -> int:
	"""Print the result and write the report; 0 when every row was played, 3 when some were left out. A Problem means there is no result."""
	rules, referrals, current = _chosen(options)
	_refuse_to_write_over([*rules, referrals, *([current] if current else [])], options.report)
	_speak_in_any_letters()
	today = options.today or (date.today() if options.files else SAMPLE_TODAY)
	sets = _named([policies.read_policy(path) for path in rules])
	current = policies.read_policy(current) if current else None
	common = policies.agree([*sets, current] if current else sets)
	history = read_history(referrals, common, today)
	result = _play(sets, current, common, history, today, options.months_later)
	if options.json:
		print(json.dumps(results.as_json(result), indent=1, ensure_ascii=not _speaks_unicode()))
	else:
		print(tables.as_tables(result), end="\n\n")
	_write_report(options, result, history)
	for wrong in history.wrong:
		print(visible(wrong), file=sys.stderr)
	if history.wrong:
		print(f"{len(history.wrong)} rows were left out.", file=sys.stderr)
	return LEFT_OUT if history.wrong else PLAYED


def _chosen(options) -> tuple[list[Path], Path, Path | None]:
	"""Return the files of rules, that of referrals, and that of the rules of today."""
	if not options.files:
		samples = [SETS / f"{name}.json" for name in SAMPLE_SETS]
		return samples, SAMPLES / "year.csv", options.current or SAMPLES / "today.json"
	if len(options.files) == 1:
		raise Problem("./dev try RULES.json REFERRALS.csv: name both files, or none to play the samples.")
	return options.files[:-1], options.files[-1], options.current


def _refuse_to_write_over(read: list[Path], report: Path | None) -> None:
	"""The page never takes the place of a file that is read."""
	if report and any(path.exists() and report.exists() and path.samefile(report) for path in read):
		raise Problem(f"--report {report}: that file is read; name another for the page.")


def _speak_in_any_letters() -> None:
	"""A terminal or a pipe without our letters gets them written out: a name in Chinese ends nothing."""
	for stream in (sys.stdout, sys.stderr):
		stream.reconfigure(errors="backslashreplace")


def _speaks_unicode() -> bool:
	return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _named(sets: list[PolicyFile]) -> list[PolicyFile]:
	"""Give each set a name that no other has."""
	taken = {results.GOT, results.CURRENT}
	for each in sets:
		stem, number = each.name, 2
		while each.name in taken:
			each.name, number = f"{stem} ({number})", number + 1
		taken.add(each.name)
	return sets


def _play(
	sets, current, common: PolicyFile, history: History, today: date, months_later: int
) -> results.Result:
	worth = Worth(common.currency, common.rates)
	casts = {results.GOT: history.got} if history.says_what_was_got else {}
	if current:
		casts[results.CURRENT] = _played(current, common, history, today, worth).pieces
	tried = [
		results.Tried(each.name, each.rules, _played(each, common, history, today, worth, months_later))
		for each in sets
	]
	casts |= {each.name: each.played.pieces for each in tried}
	base = next(iter(casts)) if len(casts) > 1 else None
	return results.Result(casts, tried, history.pasts, today, worth, base)


def _played(rules: PolicyFile, common, history: History, today, worth: Worth, months_later=0) -> Played:
	engine = Policy(rules.rules, common.digits)
	return play(engine, history.pasts, today, worth, rules.budgets or common.budgets, months_later)


def _write_report(options, result: results.Result, history: History) -> None:
	"""Write it where it was asked for; a program that reads JSON gets one only then."""
	if options.json and not options.report:
		return
	path = options.report or find_layout().output / "try.html"
	words = Words(options.language, with_samples=not options.files)
	page = report.as_page(result, history.wrong, words)
	try:
		path.parent.mkdir(parents=True, exist_ok=True)
		path.write_text(page, encoding="utf-8")
	except OSError as refused:
		raise Problem(f"{path}: {refused.strerror or refused}") from None
	print(f"The same with charts: {path}", file=sys.stderr if options.json else sys.stdout)


def _months(text: str) -> int:
	found = int(text)
	if not 0 <= found <= MOST_MONTHS:
		raise ValueError
	return found
