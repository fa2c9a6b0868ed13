"""`./dev try`: rules and a history from files, played without a site; what cannot be read is named by file and line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
RULES = {
	"currency": "CNY",
	"rules": [{"name": "All", "pays": [{"milestone": "Joined", "kind": "Cash", "amount": 1000}]}],
}
HEAD = "referral,employee,submitted_on,joined_on"
TODAY = "--today=2026-06-30"


@pytest.fixture
def trial(tmp_path):
	"""Run it as people do, in a Python that sees no site packages; return exit code, output, errors."""

	def run(*words):
		command = [sys.executable, "-S", "-E", str(REPOSITORY / "dev"), "try", *map(str, words)]
		done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
		return done.returncode, done.stdout, done.stderr

	return run


@pytest.fixture
def files(tmp_path):
	def write(rules=RULES, rows=(), head=HEAD):
		(tmp_path / "rules.json").write_text(rules if isinstance(rules, str) else json.dumps(rules))
		(tmp_path / "year.csv").write_text("\n".join([head, *rows]) + "\n")
		return tmp_path / "rules.json", tmp_path / "year.csv"

	return write


def test_the_samples_are_played_with_the_figures_of_the_articles(trial):
	code, said, _errors = trial("--json")
	found = json.loads(said)
	assert (code, found["referrals"], found["no_rule_fits"]) == (0, 12, ["REF-08"])
	assert found["total"] == {
		"current": {"money": "16000.00", "points": "220"},
		"tried": {"money": "42000.00", "points": "260"},
	}
	months = {row["month"]: row["tried"]["money"] for row in found["by_month"]}
	assert (months["2025-04"], months["2025-07"]) == ("900.00", "3300.00")  # 30 %; 70 % and a conference
	people = {row["employee"]: row["tried"]["money"] for row in found["by_employee"]}
	assert people["Wang Wei"] == "27000.00"  # a CTO: 5 x 5,000; a clerk in the campaign: 2 x 1,000
	(stack,) = found["what_adds_up"]
	assert (stack["referrals"], stack["base"]["money"], stack["promised"]["money"], stack["times"]) == (
		["REF-04"],
		"1000.00",
		"5000.00",
		"5.00",
	)


def test_the_samples_as_a_table(trial):
	code, said, _errors = trial()
	assert code == 0
	assert "12 referrals played; 1 that no rule fits, 0 stopped by a budget." in said
	assert "Winners and losers, against current (4 people)" in said
	assert "Campaign 2 Spring, Urgent 1.5, Several Hires 3 Gold referrer (Multiply)" in said


def test_bad_rows_are_named_by_file_and_line_and_the_others_are_played(trial, files):
	rules, year = files(
		rows=[
			"R1,Li Na,2026-01-05,2026-02-01",
			"R2,Li Na,soon,",
			"R1,Li Na,2026-01-06,",
			'R3,"Wang',
			'Wei",2026-01-07,',
			",Li Na,2026-01-08,",
			"R4,Li Na,2026-01-09,,,",
			"R5,Li Na,2026-01-10,2026-13-01",
			'R6,"Sun',
			'Yu",never,',
		]
	)
	code, said, errors = trial(rules, year, TODAY, "--json")
	found = json.loads(said)
	assert (code, found["referrals"], found["total"]["tried"]["money"]) == (3, 2, "1000.00")
	assert errors.splitlines() == [
		f"{year}:3: submitted_on is no date: 'soon' (write 2026-01-31 or 2026-01-31 09:30)",
		f"{year}:4: referral R1 is in line 2 already",
		f"{year}:7: referral is missing",
		f"{year}:8: 6 values for 4 columns",
		f"{year}:9: joined_on is no date: '2026-13-01' (write 2026-01-31)",
		f"{year}:10: submitted_on is no date: 'never' (write 2026-01-31 or 2026-01-31 09:30)",
		"6 rows were left out.",
	]


@pytest.mark.parametrize(
	("rules", "said"),
	[
		('{"rules": [}', "rules.json:1: Expecting value"),
		('{"rules": []}', "rules: a list with at least one rule is expected"),
		({"rules": [{"name": "A", "pay": []}]}, "rule 1 (A): unknown in it: pay."),
		({"rules": [{"name": "A"}]}, "rule 1 (A), pays: nothing is paid"),
		(
			{"rules": [{"pays": [{"milestone": "Joined", "kind": "Cash", "amount": 1, "share": 30}]}]},
			"rule 1, pays 1: shares not whole (rows 1, total 30)",
		),
		(
			{"rules": [{"pays": [{"milestone": "Joind", "kind": "Cash", "amount": 1}]}]},
			"rule 1: pays 1: milestone is 'Joind', it can be: Received",
		),
		(
			{"rules": [*RULES["rules"], {**RULES["rules"][0], "name": "Same"}]},
			"rule 2 (Same): All is for the same openings on the same days",
		),
		(
			{"rules": [{"pays": [{"milestone": "Joined", "kind": "Cash", "amount": "much"}]}]},
			"rule 1: pays 1: amount is no number: 'much'",
		),
	],
)
def test_rules_that_the_app_would_refuse_are_named_and_nothing_is_played(trial, files, rules, said):
	code, output, _errors = trial(*files(rules), TODAY)
	assert code == 1
	assert said in output
	assert "referrals played" not in output


def test_unknown_columns_and_missing_files_are_named(trial, files):
	rules, year = files(head="referral,employee,submitted_on,joinedon")
	code, output, _errors = trial(rules, year)
	assert (code, f"{year}:1: unknown columns: joinedon." in output) == (1, True)
	code, output, _errors = trial(rules, "nowhere.csv")
	assert (code, "nowhere.csv: No such file or directory" in output) == (1, True)
	code, output, _errors = trial(rules)
	assert (code, "name both files" in output) == (1, True)


def test_what_was_really_paid_is_compared_with(trial, files):
	rules, year = files(head=f"{HEAD},got,got_points", rows=["R1,Li Na,2026-01-05,2026-02-01,400,5"])
	_code, said, _errors = trial(rules, year, TODAY, "--json")
	(only,) = json.loads(said)["winners_and_losers"]
	assert (only["employee"], only["difference"]) == ("Li Na", {"money": "600.00", "points": "-5"})


def test_referrals_can_be_played_as_if_made_later(trial, files):
	next_year = {"rules": [{**RULES["rules"][0], "from": "2027-01-01"}]}
	words = (*files(next_year, ["R1,Li Na,2026-01-05,2026-02-01"]), TODAY, "--json")
	assert json.loads(trial(*words)[1])["no_rule_fits"] == ["R1"]
	assert json.loads(trial(*words, "--months-later=12")[1])["no_rule_fits"] == []
