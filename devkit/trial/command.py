"""Plays rules on a history, both from files, and prints what they would have paid."""

import json
import sys
from datetime import date
from pathlib import Path

from devkit.shell import Problem
from devkit.trial import policies, showing
from devkit.trial.referrals import History, read_history
from referral_hub.rewards.rules.promising.policy import Policy
from referral_hub.rewards.rules.simulating.simulator import Played, play
from referral_hub.rewards.rules.simulating.worth import Worth

SAMPLES = Path(__file__).parent / "samples"
PLAYED, LEFT_OUT = 0, 3


def add_words(parser) -> None:
	"""Say what may be typed after `./dev try`."""
	parser.add_argument("rules", nargs="?", type=Path, metavar="RULES.json", help="default: the sample rules")
	parser.add_argument(
		"referrals", nargs="?", type=Path, metavar="REFERRALS.csv", help="default: a sample year"
	)
	parser.add_argument(
		"--current", type=Path, metavar="RULES.json", help="the rules of today, to compare with"
	)
	parser.add_argument("--today", type=date.fromisoformat, default=None, metavar="2026-01-31")
	parser.add_argument(
		"--months-later",
		type=int,
		default=0,
		metavar="N",
		help="as if each referral were made N months later",
	)
	parser.add_argument("--json", action="store_true", help="all figures, for a program")


def run_trial(options) -> int:
	"""Print the result; 0 when every row was played, 3 when some were left out. A Problem means there is no result."""
	if options.rules and not options.referrals:
		raise Problem("./dev try RULES.json REFERRALS.csv: name both files, or none to play the samples.")
	if options.rules is None:
		options.rules, options.referrals = SAMPLES / "rules.json", SAMPLES / "referrals.csv"
		options.current = options.current or SAMPLES / "current.json"
		options.today = options.today or date(2026, 6, 30)
	today = options.today or date.today()
	policy = policies.read_policy(options.rules)
	current = policies.read_policy(options.current) if options.current else None
	history = read_history(options.referrals, policy, today)
	result = _play(policy, current, history, today, options.months_later)
	if options.json:
		print(json.dumps(showing.as_json(result), indent=1, ensure_ascii=False))
	else:
		print(showing.as_tables(result))
	for wrong in history.wrong:
		print(wrong, file=sys.stderr)
	if history.wrong:
		print(f"{len(history.wrong)} rows were left out.", file=sys.stderr)
	return LEFT_OUT if history.wrong else PLAYED


def _play(policy, current, history: History, today: date, months_later: int) -> showing.Result:
	worth = Worth(policy.currency, policy.rates)
	casts = {showing.GOT: history.got} if history.says_what_was_got else {}
	if current:
		casts[showing.CURRENT] = _played(current, policy, history, today, worth).pieces
	tried = _played(policy, policy, history, today, worth, months_later)
	base = next(iter(casts), None)
	return showing.Result({**casts, showing.TRIED: tried.pieces}, tried, worth, base)


def _played(rules, policy, history: History, today: date, worth: Worth, months_later: int = 0) -> Played:
	engine = Policy(rules.rules, policy.digits)
	return play(engine, history.pasts, today, worth, policy.budgets, months_later)
